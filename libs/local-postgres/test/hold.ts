import { startLocalPostgres } from '../src/index.ts';

// Starts a server in the folder given, says its URL, and stays until it is killed.
const { adminUrl } = await startLocalPostgres({ folder: process.argv[2] as string, durable: false });
process.stdout.write(`${adminUrl}\n`);
setInterval(() => {}, 60_000);
