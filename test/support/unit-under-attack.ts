/** A unit as it is attacked and deleted: directories that everybody may write to, two levels of them, with files. */
import fs from 'node:fs';

/** Makes what is missing; never writes to a file that is there. */
export function buildUnit(place: string): void {
  makeOpen(place);
  for (let i = 0; i < 4; i++) {
    makeOpen(`${place}/d${i}`);
    for (let j = 0; j < 4; j++) {
      makeOpen(`${place}/d${i}/d${j}`);
      for (let k = 0; k < 6; k++) makeFile(`${place}/d${i}/d${j}/f${k}`);
      makeFile(`${place}/d${i}/f${j}`);
    }
  }
}

function makeOpen(path: string): void {
  try {
    fs.mkdirSync(path);
    fs.chmodSync(path, 0o777);
  } catch {
    // It is there, or what is above it is gone.
  }
}

function makeFile(path: string): void {
  try {
    fs.writeFileSync(path, 'mine', { flag: 'wx', mode: 0o666 });
  } catch {
    // It is there, or what is above it is gone.
  }
}
