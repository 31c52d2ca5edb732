export default { title: 'Geld' };
