import type { Json } from './json.ts';

/** A refusal in Slack's own word, with further fields of the answer and, for tests, what exactly was wrong. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly more: Json;

  constructor(code: string, detail = '', more: Json = {}) {
    super(detail === '' ? code : detail);
    this.code = code;
    this.more = more;
  }
}
