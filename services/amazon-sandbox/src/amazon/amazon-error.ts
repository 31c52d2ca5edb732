/** An error in Amazon's own words, as it goes over the wire: `{errors: [{code, message, details}]}`. */
export class AmazonError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: string;

  constructor(status: number, code: string, message: string, details = '') {
    super(message);
    this.name = 'AmazonError';
    this.status = status;
    this.code = code;
    this.details = details;
  }

  get body(): { errors: { code: string; message: string; details: string }[] } {
    return { errors: [{ code: this.code, message: this.message, details: this.details }] };
  }
}

export const invalidInput = (parameter: string, value: unknown, rule: string): AmazonError =>
  new AmazonError(
    400,
    'InvalidInput',
    `1 validation error detected: Value '${String(value)}' at '${parameter}' failed to satisfy constraint: ${rule}`,
    `${parameter}: ${rule}`,
  );

export const unauthorized = (details: string): AmazonError =>
  new AmazonError(403, 'Unauthorized', 'Access to requested resource is denied.', details);

export const quotaExceeded = (): AmazonError =>
  new AmazonError(429, 'QuotaExceeded', 'You exceeded your quota for the requested resource.');

export const internalFailure = (): AmazonError =>
  new AmazonError(500, 'InternalFailure', 'We encountered an internal error. Please try again.');

export const serviceUnavailable = (): AmazonError =>
  new AmazonError(503, 'ServiceUnavailable', 'Service is temporarily unavailable. Please try again.');
