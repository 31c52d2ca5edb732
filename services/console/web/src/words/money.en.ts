export default { title: 'Money' };
