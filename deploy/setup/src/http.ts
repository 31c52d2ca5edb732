import { AppError } from '@orderbus/kernel';

const deadlineMs = 5_000;

/** The JSON at this address. @throws AppError `unavailable` when there is no good answer. */
export const askJson = async <Answer>(url: string, headers: Record<string, string> = {}): Promise<Answer> =>
  (await request(url, { headers })).json() as Promise<Answer>;

export const putJson = async (url: string, body: unknown, headers: Record<string, string>): Promise<void> => {
  await request(url, { method: 'PUT', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
};

const request = async (url: string, init: RequestInit): Promise<Response> => {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(deadlineMs) });
  if (!response.ok)
    throw new AppError('unavailable', 'http.refused', { url, status: response.status, answer: (await response.text()).slice(0, 500) });
  return response;
};
