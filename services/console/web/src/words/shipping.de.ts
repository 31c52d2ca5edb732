export default { title: 'Versand' };
