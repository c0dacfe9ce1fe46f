/** Debian's Chromium, driven without a window: what a page looks like and does to whoever opens it. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';

const PROGRAM = '/usr/bin/chromium';

export const needsBrowser: string | false = existsSync(PROGRAM) ? false : 'needs chromium';

export interface Browser extends AsyncDisposable {
  /** A page with nothing in it. What it says on its console, or asks of a network, is in `said`. */
  readonly page: (options?: Look) => Promise<{ readonly page: Page; readonly said: readonly string[] }>;
}

export interface Look {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

export async function openBrowser(): Promise<Browser> {
  // Its sandbox refuses root; what it opens is made here.
  const browser = await chromium.launch({ executablePath: PROGRAM, args: ['--no-sandbox'] });
  return {
    page: async ({ colorScheme = 'light', width = 1100, height = 900 } = {}) => {
      const page = await browser.newPage({ viewport: { width, height }, colorScheme });
      const said: string[] = [];
      page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => said.push(error.message));
      page.on('request', (request) => {
        if (!request.url().startsWith('file:')) said.push(`asks for ${request.url()}`);
      });
      return { page, said };
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
