export default { title: 'Today' };
