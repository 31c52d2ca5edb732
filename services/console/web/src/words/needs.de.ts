export default { title: 'Braucht mich' };
