export default { title: 'Ship' };
