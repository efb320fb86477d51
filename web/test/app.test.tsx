/** The whole interface on fixtures: what a person sees and does, without a browser. */
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '@/app/App';
import { setLanguage, startLanguage } from '@/i18n';
import { answer } from '@/mock/server';

let persona: string | null = null;
let sent: { readonly method: string; readonly path: string; readonly headers: Headers; readonly body: unknown }[] = [];
let root: Root | null = null;

/** The fixtures in place of the network. */
async function fetched(address: string, init: RequestInit = {}): Promise<Response> {
  const url = new URL(address, 'http://localhost');
  const method = init.method ?? 'GET';
  const path = url.pathname.replace(/^\/api/, '');
  const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
  sent.push({ method, path, headers: new Headers(init.headers), body });
  const version = new Headers(init.headers).get('If-Match');
  const result = answer({ method, path, query: url.searchParams, body, persona, ...(version === null ? {} : { version: Number(version.replaceAll('"', '')) }) });
  if (result.persona !== undefined) persona = result.persona;
  return new Response(result.body === undefined ? null : JSON.stringify(result.body), { status: result.status, headers: { 'Content-Type': 'application/problem+json' } });
}

async function settle(): Promise<void> {
  await act(() => new Promise((done) => setTimeout(done, 30)));
}

async function until(what: () => boolean): Promise<void> {
  for (let n = 0; n < 100 && !what(); n += 1) await settle();
  expect(what(), document.body.textContent ?? '').toBe(true);
}
const sees = (text: string): Promise<void> => until(() => (document.body.textContent ?? '').replaceAll('\u00a0', ' ').includes(text));

async function press(name: string): Promise<void> {
  const found = [...document.querySelectorAll<HTMLElement>('button, a')].find((one) => (one.textContent ?? '').replaceAll('\u00a0', ' ').includes(name));
  expect(found, name).toBeDefined();
  await act(async () => found?.click());
  await settle();
}

async function visit(path: string): Promise<void> {
  window.history.replaceState(null, '', path);
  const box = document.createElement('div');
  document.body.replaceChildren(box);
  root = createRoot(box);
  await act(async () => root?.render(<App />));
  await settle();
}

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.stubGlobal('fetch', fetched);
  vi.spyOn(window, 'scrollTo').mockImplementation(() => undefined);
  persona = null;
  sent = [];
  await startLanguage();
});
afterEach(async () => {
  await act(async () => root?.unmount());
  vi.unstubAllGlobals();
});

describe('a firm', () => {
  it('is led from the door to what fits it, answers, and takes the answer back', async () => {
    await visit('/my-firm');
    await sees('选一个身份');
    expect(window.location.search).toBe('?next=%2Fmy-firm');
    await sees('周岚');
    await press('周岚');
    await sees('湖南澜砺合金材料有限公司');
    await sees('带数控或联网功能的');
    await press('30 % 至 50 %');
    await sees('多了 2 件适合您的');
    const given = sent.find((one) => one.method === 'POST' && one.path.endsWith('/answers'));
    expect([given?.headers.get('X-Liangu'), given?.headers.get('Idempotency-Key')?.length]).toEqual(['web', 32]);
    await sees('第一次与高校');
    await press('撤回这个回答');
    await sees('已撤回');
    await sees('带数控或联网功能的');
  });

  it('reads a policy clause by clause, in both languages', async () => {
    persona = 'firm';
    await visit('/my-firm/policies/pol_02');
    await sees('您只差一步');
    await sees('还差 86 万元');
    await act(() => setLanguage('en'));
    await sees('You are one step away');
    expect(document.documentElement.lang).toBe('en');
    expect(sent.at(-1)?.headers.get('Accept-Language')).toBe('en');
    await act(() => setLanguage('zh'));
  });
});

async function fill(id: string, value: string): Promise<void> {
  const box = document.getElementById(id);
  expect(box, id).not.toBeNull();
  const kind = box instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  await act(async () => {
    Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(box, value);
    box?.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

describe('an officer', () => {
  beforeEach(() => {
    persona = 'officer';
  });

  it('changes a firm, sees it done, and takes it back', async () => {
    await visit('/work/enterprise/ent_12/edit');
    await sees('注册资本');
    await fill('f-registered_capital', '一千');
    await press('保存');
    await sees('注册资本要填数字');
    expect(document.activeElement?.getAttribute('role')).toBe('alert');
    await fill('f-registered_capital', '1,000');
    await press('保存');
    await sees('已保存');
    expect(window.location.pathname).toBe('/work/enterprise/ent_12');
    expect(sent.find((one) => one.method === 'PATCH')?.headers.get('If-Match')).toBe('"1"');
    await sees('1,000 万元');
    await press('撤回');
    await sees('已撤回');
    await sees('274 万元');
  });

  it('is asked to choose when somebody else saved first', async () => {
    await visit('/work/enterprise/ent_13/edit');
    await sees('注册资本');
    await fetched('/api/records/enterprise/ent_13', { method: 'PATCH', headers: { 'If-Match': '"1"' }, body: JSON.stringify({ values: { registered_capital: 777_000_000 } }) });
    await fill('f-registered_capital', '888');
    await press('保存');
    await sees('您填写时，别人先保存了');
    await sees('777 万元');
    await press('保存');
    await sees('888 万元');
    expect(window.location.pathname).toBe('/work/enterprise/ent_13');
  });

  it('is asked before unsaved changes are lost', async () => {
    await visit('/work/enterprise/ent_14/edit');
    await sees('注册资本');
    await fill('f-registered_capital', '5');
    await press('工作台');
    await sees('修改还没有保存');
    expect(window.location.pathname).toBe('/work/enterprise/ent_14/edit');
    await press('不保存，离开');
    await sees('登记簿');
    expect(window.location.pathname).toBe('/work');
  });

  it('creates a clause once, told what the server finds in the rule', async () => {
    await visit('/work/policy_clause/new?policy=pol_01');
    await sees('新建政策条款');
    await press('新建');
    await sees('请填次序');
    await fill('f-position', '7');
    await fill('f-text', '从业人员不少于 100 人');
    await fill('f-when', 'employes >= 100');
    await press('新建');
    await sees('是不是“employees”');
    await fill('f-when', 'employees >= 100');
    await press('新建');
    await sees('已新建');
    expect(sent.find((one) => one.method === 'POST')?.headers.get('Idempotency-Key')).toHaveLength(32);
  });
});

describe('an officer with the word of a source', () => {
  it('opens a folded creation, names the source of a change, and takes it back in the same name', async () => {
    persona = 'officer';
    await visit('/work/enterprise/ent_01');
    await sees('建立，填写');
    const fold = [...document.querySelectorAll<HTMLButtonElement>('.fold-btn')].at(-1);
    expect(fold?.getAttribute('aria-expanded')).toBe('false');
    expect(document.getElementById('history')?.closest('section')?.textContent).not.toContain('统一社会信用代码');
    await act(async () => fold?.click());
    expect(fold?.getAttribute('aria-expanded')).toBe('true');
    expect(document.getElementById(fold?.getAttribute('aria-controls') ?? '')?.textContent).toContain('统一社会信用代码');
    await act(async () => root?.unmount());
    await visit('/work/enterprise/ent_01/edit');
    await sees('资料来源');
    await fill('f-registered_capital', '6000');
    await sees('原来的来源：市市场监管局');
    const choice = document.getElementById('f-source-of');
    await act(async () => {
      Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value')?.set?.call(choice, 'tax');
      choice?.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await press('保存');
    await sees('已保存');
    expect(sent.find((one) => one.method === 'PATCH')?.body).toMatchObject({ values: { registered_capital: 6_000_000_000 }, source: 'tax' });
    await press('撤回');
    await sees('已撤回');
    expect(sent.filter((one) => one.method === 'PATCH').at(-1)?.body).toMatchObject({ values: { registered_capital: 5_000_000_000 }, source: 'tax' });
  });
});

describe('an administrator', () => {
  beforeEach(() => {
    persona = 'administrator';
  });

  it('keeps what was typed when a one-time password is given, and sees the password once', async () => {
    await visit('/administration/accounts/acc_new');
    await sees('新账号要先发一次性密码');
    await fill('name', '贺屿屿');
    await press('发一次性密码');
    await act(async () => [...document.querySelectorAll<HTMLButtonElement>('.confirm button')][0]?.click());
    await sees('lian-shui-8842-qing');
    await sees('只显示这一次');
    await sees('原密码立即失效');
    expect(document.querySelector<HTMLInputElement>('#name')?.value).toBe('贺屿屿');
    await press('保存');
    await sees('已保存');
    expect(sent.find((one) => one.method === 'PATCH')?.headers.get('If-Match')).toBe('"2"');
    expect(sent.find((one) => one.method === 'PATCH')?.body).toEqual({ name: '贺屿屿' });
    await press('已交给本人，收起');
    expect(document.body.textContent).not.toContain('lian-shui-8842-qing');
  });

  it('is told when somebody else changed the account, and keeps what was typed', async () => {
    await visit('/administration/accounts/acc_officer');
    await sees('姓名');
    await fill('name', '彭秋');
    await fetched('/api/accounts/acc_officer', { method: 'PATCH', headers: { 'If-Match': '"1"' }, body: JSON.stringify({ roles: ['officer', 'reviewer'] }) });
    await press('保存');
    await sees('别人先保存了');
    expect(document.querySelector<HTMLInputElement>('#name')?.value).toBe('彭秋');
    await press('保存');
    await sees('已保存');
    expect(sent.filter((one) => one.method === 'PATCH').at(-1)?.body).toEqual({ name: '彭秋' });
  });

  it('reads the journal in words', async () => {
    await visit('/administration/journal');
    for (const words of ['企业 · 修改', '发一次性密码', '政策条款 · 删除', '系统写入演示数据', '名称、地区等设置 已写入', '建立，填写 8 项']) await sees(words);
    const text = document.querySelector('.journal')?.textContent ?? '';
    for (const raw of ['enterprise.update', 'account.', 'id_00000000', 'installation', 'must_change', '01jd']) expect(text).not.toContain(raw);
    await act(() => setLanguage('en'));
    await sees('Enterprise · changed');
    await act(() => setLanguage('zh'));
  });
});

describe('anyone', () => {
  it('finds policies without an account', async () => {
    await visit('/policies?level=national');
    await sees('32 件');
    await press('再看 12 条');
    await sees('失业保险稳岗返还（第 8 批）');
    expect(document.querySelectorAll('.rows .pol')).toHaveLength(32);
  });

  it('is told what a refusal means, and keeps what was typed', async () => {
    await visit('/sign-in');
    await sees('或用账号登录');
    await press('登录');
    await sees('请填登录名');
    expect(document.activeElement?.getAttribute('role')).toBe('alert');
  });

  it('is told that an address leads nowhere', async () => {
    await visit('/nowhere');
    await sees('没有这个页面');
  });
});
