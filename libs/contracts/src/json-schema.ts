import { z } from 'zod';
import type { EventDefinition } from './define-event.ts';

/** A JSON Schema, or a part of one. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/**
 * What a reader of this event may rely on, as JSON Schema (draft 7, which AsyncAPI understands). Open for fields that come later:
 * a reader takes what it knows and leaves the rest.
 */
export const jsonSchemaOf = (definition: Pick<EventDefinition, 'message'>): JsonSchema => {
  const { $schema: _, ...schema } = z.toJSONSchema(definition.message, {
    target: 'draft-7',
    io: 'input',
    override: ({ jsonSchema }) => {
      // The format says it. How the library checks it today is no part of the contract.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  return schema;
};
