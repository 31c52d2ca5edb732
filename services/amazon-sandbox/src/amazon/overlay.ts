/** Lays JSON over JSON: objects are merged, everything else is replaced, null stays null. `{"orderItems": null}` breaks an order nicely. */
export const overlay = (base: unknown, patch: unknown): unknown => {
  if (!isObject(base) || !isObject(patch)) return patch;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) merged[key] = overlay(merged[key], value);
  return merged;
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
