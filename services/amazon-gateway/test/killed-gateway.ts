/** A gateway that dies at a chosen moment: a real SIGKILL, with nothing tidied up. Its environment is a gateway's; argument: the moment. */
import { parseConfig } from '@orderbus/service-kit';
import { AmazonGatewayConfig, buildAmazonGatewayApp } from '../src/app.ts';

const [moment = 'never'] = process.argv.slice(2);

const die = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
};

const real = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const isWrite = String(input).includes('/shipmentConfirmation');
  if (isWrite && moment === 'before-the-call') return die();
  const answer = await real(input, init);
  return isWrite && moment === 'before-the-answer-is-saved' ? die() : answer;
};

const app = buildAmazonGatewayApp(parseConfig(AmazonGatewayConfig, process.env));
await app.start();
await app.ready();
