import { describe, expect, test } from '@jest/globals';
import { AppError } from '@orderbus/kernel';
import { failureOf } from '../jobs/failure.ts';
import { inWords, isIllness, lwaError, needsPerson, saysExpired, spApiError } from './amazon-error.ts';
import type { HttpAnswer } from './http.ts';

const answer = (status: number, body: unknown, retryAfterMs?: number): HttpAnswer => ({
  ok: false,
  status,
  bytes: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  requestId: 'request-1',
  retryAfterMs,
  rateLimit: undefined,
});
const refusal = (status: number, message = 'No.', details = '', retryAfterMs?: number): HttpAnswer =>
  answer(status, { errors: [{ code: 'Code', message, details }] }, retryAfterMs);
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
    expect(error).toMatchObject({ code, kind, details: { status, amazonSays: 'No.', amazonCode: 'Code', requestId: 'request-1' } });
    expect([isIllness(error), needsPerson(error.code)]).toEqual([illness, person]);
  });

  test('that a token has expired looks like a lack of permission, but for its words', () => {
    expect(saysExpired(spApiError(expired))).toBe(true);
    expect(saysExpired(spApiError(refusal(403)))).toBe(false);
  });

  test('without a body, or with one of another form, is understood by its status', () => {
    for (const body of ['', '<html>', null, [], { errors: 'none' }, { errors: [null] }, { errors: [{ code: 1, message: {} }] }]) {
      expect(spApiError(answer(503, body)).details).toEqual({ status: 503, requestId: 'request-1' });
    }
  });

  test('is told to people in a sentence with its words and its request', () => {
    expect(inWords(spApiError(refusal(400, 'At marketplaceIds.')))).toBe(
      'Amazon does not accept our request. Amazon says: At marketplaceIds. (request request-1)',
    );
    expect(inWords(new AppError('unavailable', 'circuit.open', { name: 'spapi.na' }))).toContain('left alone for a moment');
    expect(inWords('?')).toBe('Unknown error');
  });

  test('says once what Amazon has said twice, in its message and its details', () => {
    expect(spApiError(refusal(400, 'The order cannot be shipped.', 'The order cannot be shipped.')).details.amazonSays).toBe(
      'The order cannot be shipped.',
    );
  });

  test('repeats neither a mail address nor a token that was in it', () => {
    const { details } = spApiError(refusal(400, "Value 'jane.doe+x@buyers.example' at 'buyer'", 'x-amz-access-token: Atza|IwEB-secret'));
    expect(details.amazonSays).toBe("Value '[e-mail]' at 'buyer' x-amz-access-token: [redacted]");
  });

  test('from Login with Amazon needs a person when it blames the credentials', () => {
    const body = { error: 'invalid_client', error_description: 'Client authentication failed' };
    const said = (status: number) => lwaError(answer(status, body));
    expect(said(401)).toMatchObject({
      code: 'amazon.login-refused',
      details: { amazonSays: 'invalid_client: Client authentication failed' },
    });
    expect(said(503).code).toBe('amazon.internal-failure');
    expect(said(429).code).toBe('amazon.quota-exceeded');
  });
});

describe('after a failed pass the store', () => {
  test('that has no quota left pauses until there is some again', () => {
    const details = { retryAfterMs: 181_000 };
    expect(failureOf(new AppError('unavailable', 'budget.exhausted', details))).toMatchObject({ pauseMs: 181_000 });
    expect(failureOf(new AppError('unavailable', 'amazon.quota-exceeded', details))).toMatchObject({ pauseMs: 181_000 });
  });

  test('that is denied waits for a person, and anything else for the next poll', () => {
    expect(failureOf(spApiError(refusal(403))).pauseMs).toBe(3_600_000);
    expect(failureOf(spApiError(refusal(500))).pauseMs).toBeUndefined();
    expect(failureOf(new Error('surprise'))).toEqual({ code: 'unexpected', words: 'surprise' });
  });
});
