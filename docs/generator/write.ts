/** `npm run docs`: writes what is generated. */
import { writeFileSync } from 'node:fs';
import { checkout, documents } from './documents.ts';

for (const [path, content] of documents()) writeFileSync(new URL(path, checkout), content);
