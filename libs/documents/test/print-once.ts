import { renderDocuments } from '../src/index.ts';
import { aSlip } from './examples.ts';

const chunks: Buffer[] = await renderDocuments([{ packingSlip: aSlip() }], 'Slip').toArray();
console.log(Buffer.concat(chunks).length);
