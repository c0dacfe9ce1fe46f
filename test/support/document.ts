/** What `--json` prints, read as a program would: parsed, and held against its schema in docs/schema. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';

const validators = new Map<string, ValidateFunction>();

/** Throws where the text is no JSON, or the document is not as its schema says. */
export function readDocument(text: string): object {
  const document = JSON.parse(text) as { readonly schema: string };
  const validate = validatorOf(document.schema);
  const isValid: boolean = validate(document);
  if (!isValid) {
    const wrong = (validate.errors ?? [])
      .filter(({ keyword }) => keyword !== 'const')
      .map(({ instancePath, message, params }) => `${instancePath}: ${message} ${JSON.stringify(params)}`);
    assert.fail(`${document.schema}\n${wrong.slice(0, 8).join('\n')}`);
  }
  return document;
}

function validatorOf(schema: string): ValidateFunction {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { 'date-time': isMoment } });
  const validate = ajv.compile(JSON.parse(readFileSync(fileOf(schema), 'utf8')) as object);
  validators.set(schema, validate);
  return validate;
}

/** "diskwhy/explain@3" is described in docs/schema/explain-3.schema.json. */
function fileOf(schema: string): URL {
  const name = schema.replace(/^diskwhy\//u, '').replace('@', '-');
  return new URL(`../../docs/schema/${name}.schema.json`, import.meta.url);
}

function isMoment(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u.test(text) && !Number.isNaN(Date.parse(text));
}
