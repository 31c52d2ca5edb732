export default { title: 'Setup' };
