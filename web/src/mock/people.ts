import type { Account, Persona, PlaceKey, Session } from '../api/types';
import type { Routes } from './server.ts';

const PLACES: Readonly<Record<string, readonly PlaceKey[]>> = {
  firm: ['hall', 'my-firm', 'map'],
  administrator: ['hall', 'work', 'map', 'administration'],
};

export const personas: readonly Persona[] = [
  { key: 'firm', login: 'firm', name: '周岚', title: { zh: '企业', en: 'Firm' }, about: { zh: '湖南澜砺合金材料有限公司，看适合自己的政策', en: 'Hunan Lanli Alloy Materials: sees the policies that fit' } },
  { key: 'officer', login: 'officer', name: '彭砚秋', title: { zh: '政策干部', en: 'Policy officer' }, about: { zh: '市工信局技改科，管政策和企业资料', en: 'City industry bureau: keeps policies and firm records' } },
  { key: 'reviewer', login: 'reviewer', name: '龙知微', title: { zh: '复核人', en: 'Reviewer' }, about: { zh: '市工信局法规科，第二人复核', en: 'City industry bureau, legal: second pair of eyes' } },
  { key: 'finance', login: 'finance', name: '梁叙', title: { zh: '财政干部', en: 'Finance officer' }, about: { zh: '市财政局企业科', en: 'City finance bureau' } },
  { key: 'park', login: 'park', name: '贺屿', title: { zh: '园区', en: 'Park' }, about: { zh: '娄底经开区企业服务中心', en: 'Loudi development zone, firm service' } },
  { key: 'leader', login: 'leader', name: '黎杉', title: { zh: '领导', en: 'Leader' }, about: { zh: '市政府办，看全市的数', en: 'City government office: sees the city in figures' } },
  { key: 'administrator', login: 'administrator', name: '文蔚', title: { zh: '管理员', en: 'Administrator' }, about: { zh: '管账号、资料包和备份', en: 'Keeps accounts, packs and backups' } },
];

function accountOf(key: string): Account | null {
  const persona = personas.find((one) => one.key === key);
  if (!persona) return null;
  const firm = key === 'firm' ? { id: 'ent_01', name: '湖南澜砺合金材料有限公司' } : null;
  const organisation = firm ? null : { id: 'org_01', name: '娄底市工业和信息化局' };
  return { id: `acc_${key}`, login: persona.login, name: persona.name, roles: [key], firm, organisation, region: '431300', must_change_password: false };
}

export function sessionOf(key: string | null): Session {
  return {
    installation: { name: { zh: '娄底', en: 'Loudi' }, region: '431300', demonstration: true, as_of: '2026-11-20', needs_set_up: false, version: '0.1.0' },
    account: key === null ? null : accountOf(key),
    places: key === null ? ['hall', 'map'] : (PLACES[key] ?? ['hall', 'work', 'map']),
  };
}

function field(body: unknown, name: string): string {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === 'string' ? value : '';
}

const wrong = { type: 'about:blank', title: '没有登录成功', status: 401, code: 'sign_in_refused', detail: '登录名或密码不对，或账号已停用。', hint: '忘了密码请找本单位管理员重设。' };

export const routes: Routes = {
  'GET /session': ({ persona }) => ({ status: 200, body: sessionOf(persona) }),
  'POST /session': ({ body }) => {
    const found = personas.find((one) => one.login === field(body, 'login') && field(body, 'password') === 'open-sesame-2026');
    return found ? { status: 200, body: sessionOf(found.key), persona: found.key } : { status: 401, body: wrong };
  },
  'DELETE /session': () => ({ status: 204, persona: null }),
  'POST /session/password': ({ body, persona }) =>
    field(body, 'old') === 'open-sesame-2026'
      ? { status: 200, body: sessionOf(persona) }
      : { status: 422, body: { title: '没有改成', status: 422, detail: '原密码不对。', code: 'validation', errors: [{ field: 'old', code: 'wrong', message: '原密码不对' }] } },
  'GET /demo/personas': () => ({ status: 200, body: personas }),
  'POST /demo/session': ({ body }) => ({ status: 200, body: sessionOf(field(body, 'persona')), persona: field(body, 'persona') }),
  'POST /set-up': ({ body }) =>
    field(body, 'token') === 'good'
      ? { status: 200, body: sessionOf('administrator'), persona: 'administrator' }
      : { status: 422, body: { title: '没有设好', status: 422, detail: '令牌不对。', code: 'validation', errors: [{ field: 'token', code: 'wrong', message: '令牌不对，请重新复制 liangu init 打印的那一行' }] } },
};
