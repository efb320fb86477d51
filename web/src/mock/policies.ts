/** A dozen invented policies; the rest of the shelf is generated from them. */
import type { Item, PolicyCard, Text } from '../api/types';

interface Seed {
  readonly id: string;
  readonly title: Text;
  readonly number: string;
  readonly issuer: Text;
  readonly level: string;
  readonly kind: string;
  readonly region: string;
  readonly amount: number | null;
  readonly words: Text | null;
  readonly deadline: string | null;
  readonly series: 'real' | 'demonstration';
  readonly summary: Text;
}

const WAN = 1_000_000;
const INDUSTRY: Text = { zh: '市工信局', en: 'City industry bureau' };
const SCIENCE: Text = { zh: '市科技局', en: 'City science bureau' };

const SEEDS: readonly Seed[] = [
  { id: 'pol_01', title: { zh: '技术改造设备投资奖补', en: 'Grant for equipment in technical renewal' }, number: '演工信发〔2026〕11 号', issuer: INDUSTRY, level: 'city', kind: 'subsidy', region: '431300', amount: 200 * WAN, words: null, deadline: '2026-11-30', series: 'demonstration', summary: { zh: '对工业企业购置设备做技术改造的，按设备投资的 8 % 补助，单个项目最高 200 万元。', en: 'Firms that buy equipment for technical renewal receive 8 % of it, up to 2 million yuan a project.' } },
  { id: 'pol_02', title: { zh: '研发投入奖补', en: 'Grant for research spending' }, number: '演科发〔2026〕7 号', issuer: SCIENCE, level: 'city', kind: 'subsidy', region: '431300', amount: 100 * WAN, words: null, deadline: '2026-12-31', series: 'demonstration', summary: { zh: '研发费用占营业收入不低于 3 % 的企业，按增量补助。', en: 'For firms that spend at least 3 % of revenue on research.' } },
  { id: 'pol_03', title: { zh: '失业保险稳岗返还', en: 'Return of unemployment insurance to employers who keep jobs' }, number: '人社部发〔2024〕40号', issuer: { zh: '人力资源社会保障部', en: 'Ministry of Human Resources and Social Security' }, level: 'national', kind: 'subsidy', region: '000000', amount: null, words: { zh: '缴费额的 60 %', en: '60 % of what was paid' }, deadline: null, series: 'real', summary: { zh: '不裁员、少裁员的参保企业，按上年实缴失业保险费返还。', en: 'Insured employers that lay off few or none get part of the premium back.' } },
  { id: 'pol_04', title: { zh: '研发费用加计扣除', en: 'Extra deduction of research costs' }, number: '财税〔2023〕7号', issuer: { zh: '财政部、税务总局', en: 'Ministry of Finance, State Taxation Administration' }, level: 'national', kind: 'tax', region: '000000', amount: null, words: { zh: '按 100 % 加计', en: 'another 100 % deducted' }, deadline: '2027-05-31', series: 'real', summary: { zh: '研发费用未形成无形资产的，按实际发生额的 100 % 在税前加计扣除。', en: 'Research costs are deducted a second time in full.' } },
  { id: 'pol_05', title: { zh: '高新技术企业认定', en: 'Recognition as a high-tech enterprise' }, number: '国科发火〔2016〕32号', issuer: { zh: '科技部、财政部、税务总局', en: 'Ministry of Science and Technology and others' }, level: 'national', kind: 'recognition', region: '000000', amount: null, words: { zh: '所得税减按 15 %', en: 'income tax at 15 %' }, deadline: null, series: 'real', summary: { zh: '认定后按 15 % 的税率征收企业所得税。', en: 'Recognised firms pay income tax at 15 %.' } },
  { id: 'pol_06', title: { zh: '省级专精特新中小企业奖励', en: 'Award for provincial specialised small firms' }, number: '演工信发〔2025〕52 号', issuer: { zh: '省工信厅', en: 'Provincial industry department' }, level: 'province', kind: 'reward', region: '430000', amount: 50 * WAN, words: null, deadline: '2027-03-31', series: 'demonstration', summary: { zh: '首次认定的一次性奖励 50 万元。', en: 'Half a million yuan once, on first recognition.' } },
  { id: 'pol_07', title: { zh: '绿色工厂奖励', en: 'Green factory award' }, number: '演工信发〔2026〕3 号', issuer: INDUSTRY, level: 'city', kind: 'reward', region: '431300', amount: 30 * WAN, words: null, deadline: '2026-12-15', series: 'demonstration', summary: { zh: '入选市级以上绿色工厂的奖励。', en: 'For factories named green by the city or higher.' } },
  { id: 'pol_08', title: { zh: '首次升规企业奖励', en: 'Award for first passing the reporting threshold' }, number: '演政办发〔2026〕9 号', issuer: { zh: '双峰县人民政府', en: 'Shuangfeng county government' }, level: 'county', kind: 'reward', region: '431321', amount: 10 * WAN, words: null, deadline: '2026-12-20', series: 'demonstration', summary: { zh: '当年首次进入规模以上工业统计的企业。', en: 'For firms that enter the statistics of larger firms for the first time.' } },
  { id: 'pol_09', title: { zh: '产学研合作补助', en: 'Grant for work with universities' }, number: '演科发〔2026〕15 号', issuer: SCIENCE, level: 'city', kind: 'subsidy', region: '431300', amount: 65 * WAN, words: null, deadline: '2027-01-31', series: 'demonstration', summary: { zh: '与高校院所签订技术合同并已付款的，按合同额补助。', en: 'Part of what was paid under a contract with a university.' } },
  { id: 'pol_10', title: { zh: '设备更新贷款贴息', en: 'Interest subsidy on equipment loans' }, number: '演财金〔2026〕4 号', issuer: { zh: '市财政局', en: 'City finance bureau' }, level: 'city', kind: 'loan_interest', region: '431300', amount: 120 * WAN, words: null, deadline: '2026-11-28', series: 'demonstration', summary: { zh: '设备更新贷款按 1.5 个百分点贴息，最长两年。', en: 'One and a half points of interest for up to two years.' } },
  { id: 'pol_11', title: { zh: '园区标准厂房租金补贴', en: 'Rent support for standard workshops' }, number: '演经开发〔2025〕21 号', issuer: { zh: '娄底经开区管委会', en: 'Loudi development zone' }, level: 'park', kind: 'land', region: '431371', amount: 36 * WAN, words: null, deadline: null, series: 'demonstration', summary: { zh: '入驻标准厂房的，前三年租金补贴。', en: 'Part of the rent for the first three years.' } },
  { id: 'pol_12', title: { zh: '小型微利企业所得税减免', en: 'Lower income tax for small firms with low profits' }, number: '财政部 税务总局公告2023年第12号', issuer: { zh: '财政部、税务总局', en: 'Ministry of Finance, State Taxation Administration' }, level: 'national', kind: 'tax', region: '000000', amount: null, words: { zh: '实际税负 5 %', en: 'effective rate 5 %' }, deadline: null, series: 'real', summary: { zh: '年应纳税所得额不超过 300 万元等条件的企业。', en: 'For firms with taxable income up to 3 million yuan and other conditions.' } },
];

function seed(at: number): Seed {
  const one = SEEDS[at % SEEDS.length];
  if (!one) throw new Error('no seeds');
  return one;
}

/** The n-th policy's card; beyond the first twelve the titles carry a lot number. */
export function card(at: number): PolicyCard {
  const one = seed(at);
  const lot = Math.floor(at / SEEDS.length);
  const title = lot === 0 ? one.title : { zh: `${one.title.zh}（第 ${lot + 1} 批）`, en: `${one.title.en} (lot ${lot + 1})` };
  return {
    id: lot === 0 ? one.id : `${one.id}_${lot}`, title, number: one.number, issuer: one.issuer, level: one.level, kind: one.kind, region: one.region,
    amount_max: one.amount, amount_text: one.words, deadline: one.deadline, status: lot % 4 === 3 ? 'ended' : 'in_force', grant_mode: one.kind === 'tax' ? 'automatic' : 'application', series: one.series,
  };
}

export function itemOf(at: number): Item {
  const { id, title, ...rest } = card(at);
  const ended = rest.status === 'ended';
  return {
    id, title, version: 3,
    values: {
      title: both(title), number: rest.number, issuer: both(rest.issuer), level: rest.level, kind: rest.kind, region: rest.region,
      amount_max: rest.amount_max, amount_text: rest.amount_text ? { zh: rest.amount_text.zh, en: rest.amount_text.en } : null,
      published: '2026-02-20', valid_from: '2026-03-01', valid_to: ended ? '2026-06-30' : '2028-02-29',
      window_from: rest.deadline ? '2026-10-01' : null, window_to: rest.deadline, status: rest.status, series: rest.series,
      grant_mode: rest.grant_mode, summary: both(seed(at).summary), source_url: rest.series === 'real' ? 'https://www.gov.cn/' : null,
    },
  };
}

function both(words: string | Text | null) {
  if (words === null || typeof words === 'string') return words;
  return { zh: words.zh, en: words.en };
}

export const TOTAL = 96;
export const indexOf = (id: string): number => Array.from({ length: TOTAL }, (_, at) => at).find((at) => card(at).id === id) ?? -1;
