import { generateKeyPairSync, hash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { findSecrets } from './find.ts';

const word = (length: number): string => 'aB3'.repeat(length).slice(0, length);
const privateKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const key = hash('sha256', 'a key', 'base64');

/** Put together here, so that this file does not look like one that holds secrets. */
const secrets = {
  'a private key': privateKey,
  'an AWS access key': `AKIA${'Q7'.repeat(8)}`,
  'a token of Login with Amazon': `Atzr|IwEB${word(200)}`,
  'a client secret of Login with Amazon': `amzn1.oa2-cs.v1.${'0f'.repeat(32)}`,
  'a token of GitHub': `ghp_${word(36)}`,
  'a token of npm': `npm_${word(36)}`,
  'a token of Slack': `xoxb-${word(24)}`,
  'a webhook of Slack': `https://hooks.slack.com/services/${word(9)}/${word(9)}/${word(24)}`,
  'a key of Stripe': `sk_live_${word(24)}`,
  'a signed token': `eyJ${word(20)}.eyJ${word(20)}.${word(43)}`,
  'a secret of webhooks': `whsec_${key}`,
  'a password in an address': `postgres://orderbus:${word(16)}@db.example.com/orderbus`,
  'a key of 32 bytes': key,
};

describe('what looks like a secret', () => {
  test.each(Object.entries(secrets))('%s, is found in its line', (kind, secret) => {
    expect(findSecrets('services/order/src/main.ts', `first\nconst it = '${secret}';\n`)).toContainEqual({ line: 2, kind });
  });

  test('long base64, is found in configuration', () => {
    const text = `token: ${hash('sha384', 'a token', 'base64')}`;
    expect(findSecrets('deploy/values.yaml', text)).toEqual([{ line: 1, kind: 'long base64' }]);
    expect(findSecrets('docs/flows/alerts.md', text)).toEqual([]);
  });

  test('a file of secrets, is found by its name', () => {
    expect(findSecrets('deploy/.env.production', '')).toEqual([{ line: 1, kind: 'a file of secrets' }]);
  });

  test('is found behind one that is allowed', () => {
    expect(findSecrets('a.ts', `['Atzr|demo-na-not-a-secret', '${secrets['a token of Login with Amazon']}']`)).toHaveLength(1);
  });
});

describe('what is none', () => {
  test.each([
    ["the sandbox's credentials", 'Atzr|demo-na-not-a-secret amzn1.oa2-cs.v1.demo-eu-not-a-secret'],
    ['an example with dots', 'amzn1.oa2-cs.v1.… Atzr|…'],
    ['base64 of words', Buffer.from('sealed for the order service alone').toString('base64')],
    ['a path', './services/fulfillment/src/domain/shipping/quantities.ts'],
    ['a place in a document', '/spec/template/spec/containers/0/envFrom/0/configMapRef/name'],
    ['the password of a container', 'postgres://postgres:postgres@127.0.0.1:5432/postgres'],
  ])('%s', (_, text) => {
    expect(findSecrets('docker-compose.yml', `value: "${text}"`)).toEqual([]);
  });
});
