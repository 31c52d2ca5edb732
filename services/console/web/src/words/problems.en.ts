export default {
  title: 'That did not work',
  unreachable: 'Orderbus does not answer. Nothing was changed; try again when it is back.',
  unexpected: 'Something went wrong that should not. Nothing more is known than the lines below.',
  away: '{{service}} is away at the moment. What you see may be incomplete; nothing was changed.',
  forbidden: 'You may not do this.',
  notFound: 'It is not there, or belongs to a store that you do not see.',
  conflict: 'It has changed meanwhile. Look at it again, then decide.',
  tooMany: 'Too many requests. It goes on by itself in a moment.',
  reference: 'Reference {{id}}',
};
