export default { title: 'Needs me' };
