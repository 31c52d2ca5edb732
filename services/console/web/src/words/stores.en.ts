export default { title: 'Stores' };
