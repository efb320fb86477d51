// What a reader downloads before a page stands, gzip, from Vite's manifest. Fails when a budget is broken.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const KB = 1000;

/** Files of an entry and everything it imports without being asked. */
function files(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const css of chunk.css ?? []) seen.add(css);
  for (const next of chunk.imports ?? []) files(next, seen);
  return seen;
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const bytes = (names) => [...names].reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length, 0);
const page = (...sources) => new Set([entry, ...sources].flatMap((key) => {
  if (!manifest[key]) throw new Error(`not in the manifest: ${key}`);
  return [...files(key)];
}));
const texts = (name) => [`src/i18n/zh/common.ts`, `src/i18n/zh/${name}.ts`];

const BUDGETS = [
  ['Hall', 280, page('src/features/hall/HallPage.tsx', ...texts('hall'))],
  ['Policy shelf', 280, page('src/features/policies/ShelfPage.tsx', ...texts('policies'))],
  ['Policy', 280, page('src/features/policies/PolicyPage.tsx', ...texts('policies'))],
  ['Sign in', 280, page('src/features/sign-in/SignInPage.tsx', ...texts('sign-in'))],
  ['Figure', 280, page('src/features/figures/FigurePage.tsx', ...texts('figures'))],
  ['Map', 280, page('src/features/map/MapPage.tsx', ...texts('map'))],
  ['Work list', 420, page('src/features/work/ListPage.tsx', ...texts('work'))],
  ['Work form', 420, page('src/features/work/EditPage.tsx', ...texts('work'))],
  ['Policies written', 420, page('src/features/authoring/AuthoringPage.tsx', ...texts('authoring'))],
  ['Policy editor', 420, page('src/features/authoring/EditorPage.tsx', ...texts('authoring'))],
  ['Accounts', 420, page('src/features/administration/AccountPage.tsx', ...texts('administration'))],
  ['Public notices', 280, page('src/features/public-notice/PublicNoticesPage.tsx', ...texts('public-notice'))],
  ['Objection', 280, page('src/features/public-notice/ObjectionPage.tsx', ...texts('public-notice'))],
  ['Notices', 280, page('src/features/notices/NoticesPage.tsx', 'src/features/notices/Bell.tsx', ...texts('notices'))],
  ['Award run', 420, page('src/features/awards/RunPage.tsx', 'src/features/notices/Bell.tsx', ...texts('awards'), ...texts('notices'))],
  ['Inbox', 420, page('src/features/inbox/InboxPage.tsx', 'src/features/notices/Bell.tsx', ...texts('inbox'), ...texts('notices'))],
  ['Claim', 420, page('src/features/claims/ClaimPage.tsx', 'src/features/notices/Bell.tsx', ...texts('claims'), ...texts('notices'))],
  ['Claim reviewed', 420, page('src/features/claims/ReviewPage.tsx', 'src/features/notices/Bell.tsx', ...texts('claims'), ...texts('notices'))],
  ['Payment batch', 420, page('src/features/payments/BatchPage.tsx', 'src/features/notices/Bell.tsx', ...texts('payments'), ...texts('notices'))],
  ['My firm', 420, page('src/features/my-firm/MatchesPage.tsx', ...texts('my-firm'))],
];

let over = false;
for (const [name, budget, names] of BUDGETS) {
  const size = bytes(names) / KB;
  const bad = size > budget;
  over ||= bad;
  console.log(`${bad ? 'over' : 'ok  '}  ${name.padEnd(14)} ${size.toFixed(1).padStart(6)} KB of ${budget} KB, ${names.size} files`);
}
process.exit(over ? 1 : 0);
