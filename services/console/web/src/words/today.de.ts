export default { title: 'Heute' };
