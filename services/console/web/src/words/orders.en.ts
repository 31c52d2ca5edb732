export default { title: 'Orders' };
