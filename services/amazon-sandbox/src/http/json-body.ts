import express, { type RequestHandler } from 'express';
import { AmazonError } from '../amazon/amazon-error.ts';

const parse = express.json({ limit: '1mb' });

/** Reads the body of a write. Amazon takes JSON and nothing else. */
export const jsonBody: RequestHandler = (request, response, next) => {
  if (!request.is('application/json')) {
    throw new AmazonError(415, 'UnsupportedMediaType', 'The entity of the request is in a format that is not supported.');
  }
  parse(request, response, next);
};
