import { connectBroker } from '../src/index.ts';
import { listen } from './listen.ts';

/** A process that takes a batch, says so, and never settles it. Arguments: URL, queue, topic. */
const [url = '', queue = '', topic = ''] = process.argv.slice(2);
const broker = connectBroker(url, { name: 'holder', deathAfterSeconds: 10 });
await broker.start();
await listen(broker, { queue, topics: [topic], batchSize: 5 }, (batch) => {
  process.stdout.write(`holding ${batch.length}\n`);
  return new Promise(() => {});
});
process.stdout.write('subscribed\n');
