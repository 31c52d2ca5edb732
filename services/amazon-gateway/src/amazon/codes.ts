/** What went wrong with a call to Amazon, in our words. */
export const codes = {
  invalid: 'amazon.invalid-input',
  denied: 'amazon.access-denied',
  loginRefused: 'amazon.login-refused',
  quota: 'amazon.quota-exceeded',
  ill: 'amazon.internal-failure',
  unreachable: 'amazon.unreachable',
  garbled: 'amazon.garbled-answer',
  circle: 'amazon.token-repeats',
  document: 'amazon.document-refused',
  budget: 'budget.exhausted',
  aborted: 'call.aborted',
  leaseLost: 'ledger.lease-lost',
} as const;
