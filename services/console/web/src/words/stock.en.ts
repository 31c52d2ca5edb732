export default { title: 'Stock' };
