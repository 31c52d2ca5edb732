import type { Readable } from 'node:stream';
import * as read from '@orderbus/testkit/documents';

const bytesOf = async (stream: Readable): Promise<Uint8Array> => Buffer.concat(await stream.toArray());

export const textsOf = async (stream: Readable): Promise<string[]> => read.textsOf(await bytesOf(stream));

export const textOf = async (stream: Readable): Promise<string> => (await textsOf(stream)).join(' ');

export const sizesOf = async (stream: Readable): Promise<string[]> => read.sizesOf(await bytesOf(stream));
