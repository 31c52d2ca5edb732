export default { title: 'Abgleich' };
