export default { title: 'Order' };
