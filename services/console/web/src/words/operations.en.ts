export default { title: 'Sync' };
