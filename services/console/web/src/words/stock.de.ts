export default { title: 'Bestand' };
