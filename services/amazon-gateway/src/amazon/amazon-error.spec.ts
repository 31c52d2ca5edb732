import { describe, expect, test } from '@jest/globals';
import { AppError } from '@orderbus/kernel';
import { failureOf } from '../jobs/failure.ts';
import { inWords, isIllness, lwaError, needsPerson, saysExpired, spApiError } from './amazon-error.ts';

const refusal = (status: number, message = 'No.', details = '', retryAfter?: string) => ({
  status,
  body: { errors: [{ code: 'Code', message, details }] },
  requestId: 'request-1',
  retryAfter,
});
const expired = refusal(403, 'Access to requested resource is denied.', 'The access token you provided has expired.');

describe("an answer of Amazon's", () => {
  test.each([
    // status, code, again by itself, counts as illness, needs a person
    [400, 'amazon.invalid-input', 'invalid', false, false],
    [401, 'amazon.access-denied', 'conflict', false, true],
    [403, 'amazon.access-denied', 'conflict', false, true],
    [404, 'amazon.not-found', 'not-found', false, false],
    [413, 'amazon.request-too-large', 'too-large', false, false],
    [415, 'amazon.unexpected-status', 'bug', false, false],
    [429, 'amazon.quota-exceeded', 'unavailable', false, false],
    [500, 'amazon.internal-failure', 'unavailable', true, false],
    [503, 'amazon.internal-failure', 'unavailable', true, false],
  ])('%i means %s', (status, code, kind, illness, person) => {
    const error = spApiError(refusal(status));
    expect(error).toMatchObject({ code, kind, details: { status, amazonSays: 'No.', requestId: 'request-1' } });
    expect([isIllness(error), needsPerson(error.code)]).toEqual([illness, person]);
  });

  test('that a token has expired looks like a lack of permission, but for its words', () => {
    expect(saysExpired(spApiError(expired))).toBe(true);
    expect(saysExpired(spApiError(refusal(403)))).toBe(false);
  });

  test('without a body, or with one of another form, is understood by its status', () => {
    for (const body of [undefined, null, '', [], { errors: 'none' }, { errors: [null] }]) {
      expect(spApiError({ status: 503, body, requestId: undefined, retryAfter: undefined }).details).toEqual({ status: 503 });
    }
  });

  test('is told to people in a sentence with its words and its request', () => {
    expect(inWords(spApiError(refusal(400, 'At marketplaceIds.')))).toBe(
      'Amazon does not accept our request. Amazon says: At marketplaceIds. (request request-1)',
    );
    expect(inWords(new AppError('unavailable', 'circuit.open', { name: 'spapi.na' }))).toContain('left alone for a moment');
    expect(inWords('?')).toBe('Unknown error');
  });

  test('from Login with Amazon needs a person when it blames the credentials', () => {
    const body = { error: 'invalid_client', error_description: 'Client authentication failed' };
    const answer = (status: number) => lwaError({ status, body, requestId: undefined, retryAfter: undefined });
    expect(answer(401)).toMatchObject({
      code: 'amazon.login-refused',
      details: { amazonSays: 'invalid_client: Client authentication failed' },
    });
    expect(answer(503).code).toBe('amazon.internal-failure');
    expect(answer(429).code).toBe('amazon.quota-exceeded');
  });
});

describe('after a failed pass the store', () => {
  test('that is throttled pauses as long as Amazon says, or as its quota is documented, and a little longer', () => {
    expect(failureOf(spApiError(refusal(429)), 0).pauseMs).toBe(179_000);
    expect(failureOf(spApiError(refusal(429)), 1).pauseMs).toBe(196_900);
    expect(failureOf(spApiError(refusal(429, 'No.', '', '7')), 0).pauseMs).toBe(7_000);
    expect(failureOf(spApiError(refusal(429, 'No.', '', 'tomorrow')), 0).pauseMs).toBe(179_000);
  });

  test('that is denied waits for a person, and anything else for the next poll', () => {
    expect(failureOf(spApiError(refusal(403))).pauseMs).toBe(3_600_000);
    expect(failureOf(spApiError(refusal(500))).pauseMs).toBeUndefined();
    expect(failureOf(new Error('surprise'))).toEqual({ code: 'unexpected', words: 'surprise' });
  });
});
