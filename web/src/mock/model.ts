/** The model and code lists the fixtures speak of. */
import type { Code, CodeList, FieldModel, FieldType, Model, Text } from '../api/types';

type Extra = Partial<Pick<FieldModel, 'list' | 'unit' | 'yearly' | 'group' | 'record' | 'required' | 'read_only' | 'help'>>;

function field(name: string, zh: string, en: string, type: FieldType, extra: Extra = {}): FieldModel {
  return { name, label: { zh, en }, type, unit: null, list: null, record: null, yearly: false, required: false, read_only: false, limit: null, help: null, group: null, ...extra };
}

const people: Text = { zh: '人', en: 'people' };
const pieces: Text = { zh: '件', en: '' };

export const model: Model = {
  hash: 'fixture',
  lists: ['region', 'policy_level', 'policy_kind', 'policy_status', 'policy_series', 'grant_mode', 'industry', 'size_class', 'certificate', 'clause_kind'],
  sources: [
    { name: 'market', label: { zh: '市市场监管局', en: 'Market regulation bureau' } },
    { name: 'tax', label: { zh: '市税务局', en: 'Tax bureau' } },
    { name: 'statistics', label: { zh: '市统计局', en: 'Statistics bureau' } },
    { name: 'insurance', label: { zh: '市人社局', en: 'Human resources bureau' } },
    { name: 'science', label: { zh: '市科技局', en: 'Science bureau' } },
    { name: 'firm', label: { zh: '您填的', en: 'You' } },
  ],
  roles: [
    { name: 'firm', label: { zh: '企业用户', en: 'Firm' }, about: { zh: '只看本企业', en: 'sees its own firm only' } },
    { name: 'officer', label: { zh: '政策专员', en: 'Policy officer' }, about: { zh: '维护辖区内的企业和政策', en: 'keeps firms and policies of the region' } },
    { name: 'reviewer', label: { zh: '审核人员', en: 'Reviewer' }, about: { zh: '查看辖区内的记录和来历', en: 'sees records of the region and their history' } },
    { name: 'leader', label: { zh: '领导', en: 'Leader' }, about: { zh: '查看辖区的数', en: 'sees the figures of the region' } },
    { name: 'administrator', label: { zh: '系统管理员', en: 'Administrator' }, about: { zh: '管账号、业务包和日志', en: 'keeps accounts, packs and journal' } },
  ],
  packs: [{ name: 'policy', label: { zh: '政策', en: 'Policies' }, version: '1' }],
  records: [
    {
      name: 'policy', label: { zh: '政策', en: 'Policy' }, archetype: 'shelf', prefix: 'pol', title: 'title', groups: [],
      columns: ['title', 'number', 'issuer', 'level', 'kind', 'region', 'window_to'], filters: ['level', 'kind', 'region', 'series', 'grant_mode'],
      facets: ['level', 'kind', 'grant_mode'], sort: '-published', children: ['policy_clause'], can_create: false,
      fields: [
        field('title', '名称', 'Title', 'bilingual'), field('number', '文号', 'Number', 'text'), field('issuer', '发文单位', 'Issuer', 'text'),
        field('level', '级别', 'Level', 'code', { list: 'policy_level' }), field('kind', '类别', 'Kind', 'code', { list: 'policy_kind' }),
        field('region', '适用地区', 'Region', 'code', { list: 'region' }), field('published', '发布日期', 'Published', 'date'),
        field('valid_from', '生效', 'In force from', 'date'), field('valid_to', '失效', 'In force until', 'date'),
        field('window_from', '申报开始', 'Opens', 'date'), field('window_to', '申报截止', 'Closes', 'date'),
        field('amount_max', '最高金额', 'Highest amount', 'money'), field('amount_text', '优惠', 'Benefit', 'text'),
        field('status', '状态', 'State', 'code', { list: 'policy_status' }), field('series', '文件来历', 'Series', 'code', { list: 'policy_series' }),
        field('grant_mode', '享受方式', 'How granted', 'code', { list: 'grant_mode' }), field('summary', '要点', 'Summary', 'text'), field('source_url', '原文网址', 'Source', 'text'),
      ],
    },
    {
      name: 'enterprise', label: { zh: '企业', en: 'Enterprise' }, archetype: 'register', prefix: 'ent', title: 'name',
      groups: [
        { name: 'identity', label: { zh: '登记信息', en: 'Registration' } },
        { name: 'scale', label: { zh: '规模和经营', en: 'Size and business' } },
        { name: 'innovation', label: { zh: '创新', en: 'Innovation' } },
        { name: 'conduct', label: { zh: '信用和合规', en: 'Conduct' } },
      ],
      columns: ['name', 'region', 'industry', 'park', 'size_class', 'registered_capital'], filters: ['region', 'industry', 'park', 'size_class', 'above_scale', 'certs', 'established'], facets: ['size_class', 'above_scale'], sort: 'name', children: [], can_create: true,
      fields: [
        field('name', '名称', 'Name', 'text', { group: 'identity', required: true }), field('credit_code', '统一社会信用代码', 'Unified credit code', 'credit_code', { group: 'identity' }),
        field('region', '所在地', 'Region', 'code', { list: 'region', group: 'identity', required: true }), field('park', '所在园区', 'Park', 'ref', { record: 'park', group: 'identity' }), field('industry', '行业', 'Industry', 'code', { list: 'industry', group: 'identity' }),
        field('established', '成立日期', 'Established', 'date', { group: 'identity' }), field('registered_capital', '注册资本', 'Registered capital', 'money', { group: 'identity' }),
        field('size_class', '划型', 'Size', 'code', { list: 'size_class', group: 'scale' }), field('above_scale', '规模以上', 'Above reporting size', 'bool', { group: 'scale' }),
        field('revenue', '营业收入', 'Revenue', 'money', { yearly: true, group: 'scale' }), field('tax_paid', '缴税', 'Tax paid', 'money', { yearly: true, group: 'scale' }),
        field('employees', '从业人数', 'Employees', 'int', { yearly: true, unit: people, group: 'scale' }), field('land_area', '用地面积', 'Land', 'area', { group: 'scale' }),
        field('rd_spend', '研发费用', 'Research spending', 'money', { yearly: true, group: 'innovation' }), field('rd_ratio', '研发占比', 'Research share', 'percent', { yearly: true, group: 'innovation' }),
        field('invention_patents', '有效发明专利', 'Invention patents in force', 'int', { unit: pieces, group: 'innovation' }), field('certs', '资质', 'Recognitions', 'set', { list: 'certificate', group: 'innovation' }),
        field('smart_share', '数控或联网设备占比', 'Share of numerically controlled or networked equipment', 'percent', { group: 'innovation' }),
        field('dishonest', '严重失信', 'On the dishonesty list', 'bool', { group: 'conduct' }), field('major_incident', '近 12 个月重大事故', 'Major incident in 12 months', 'bool', { group: 'conduct' }),
      ],
    },
    {
      name: 'policy_clause', label: { zh: '政策条款', en: 'Clause' }, archetype: 'shelf', prefix: 'cla', title: 'text', groups: [],
      columns: ['policy', 'position', 'article', 'text', 'kind'], filters: ['policy', 'kind'], facets: ['kind'], sort: 'position', children: [], can_create: true,
      fields: [
        field('policy', '政策', 'Policy', 'ref', { record: 'policy', required: true }), field('position', '次序', 'Position', 'int', { required: true }), field('article', '条款出处', 'Article', 'text'),
        field('text', '条文', 'Sentence', 'bilingual', { required: true }), field('kind', '性质', 'Kind', 'code', { list: 'clause_kind' }), field('when', '判定表达式', 'Expression', 'rule', { record: 'enterprise' }),
      ],
    },
    {
      name: 'park', label: { zh: '园区', en: 'Park' }, archetype: 'register', prefix: 'park', title: 'name', groups: [],
      columns: ['name', 'region', 'planned_area'], filters: ['region'], facets: [], sort: 'name', children: [], can_create: false,
      fields: [field('name', '名称', 'Name', 'bilingual', { required: true }), field('region', '所在地区', 'Region', 'code', { list: 'region' }), field('planned_area', '规划面积', 'Planned area', 'area')],
    },
  ],
};

function codes(...all: ReadonlyArray<readonly [string, string, string, string?]>): readonly Code[] {
  return all.map(([code, zh, en, parent]) => ({ code, label: { zh, en }, parent: parent ?? null }));
}

function list(name: string, zh: string, en: string, all: readonly Code[]): CodeList {
  return { name, label: { zh, en }, codes: all };
}

export const lists: readonly CodeList[] = [
  list('policy_level', '级别', 'Level', codes(['national', '国家', 'National'], ['province', '省级', 'Province'], ['city', '市级', 'City'], ['county', '县级', 'County'], ['park', '园区', 'Park'])),
  list('policy_kind', '类别', 'Kind', codes(['reward', '奖励', 'Award'], ['subsidy', '补助', 'Subsidy'], ['tax', '税费', 'Tax'], ['loan_interest', '贷款贴息', 'Loan interest'], ['recognition', '认定', 'Recognition'], ['talent', '人才', 'Talent'], ['land', '用地厂房', 'Land and workshops'], ['energy', '能源', 'Energy'])),
  list('policy_status', '状态', 'State', codes(['in_force', '现行有效', 'In force'], ['upcoming', '尚未生效', 'Not yet in force'], ['ended', '已失效', 'Ended'])),
  list('policy_series', '文件来历', 'Series', codes(['real', '真实文件', 'Real document'], ['demonstration', '演示文件', 'Sample document'])),
  list('grant_mode', '享受方式', 'How granted', codes(['application', '申报后拨付', 'On application'], ['automatic', '免申即享', 'Without application'], ['title', '认定', 'Recognition'])),
  list('region', '地区', 'Region', codes(['000000', '全国', 'China'], ['430000', '湖南省', 'Hunan', '000000'], ['431300', '娄底市', 'Loudi', '430000'], ['431302', '娄星区', 'Louxing', '431300'], ['431321', '双峰县', 'Shuangfeng', '431300'], ['431322', '新化县', 'Xinhua', '431300'], ['431381', '冷水江市', 'Lengshuijiang', '431300'], ['431382', '涟源市', 'Lianyuan', '431300'], ['431371', '娄底经开区', 'Loudi development zone', '431300'])),
  list('industry', '行业', 'Industry', codes(['C', '制造业', 'Manufacturing'], ['32', '有色金属冶炼和压延加工业', 'Non-ferrous metals', 'C'], ['3240', '有色金属合金制造', 'Non-ferrous alloys', '32'], ['3251', '铜压延加工', 'Copper rolling', '32'], ['35', '专用设备制造业', 'Special equipment', 'C'], ['3511', '矿山机械制造', 'Mining machinery', '35'], ['3571', '拖拉机制造', 'Tractors', '35'], ['30', '非金属矿物制品业', 'Mineral products', 'C'], ['3073', '特种陶瓷制品制造', 'Special ceramics', '30'], ['31', '黑色金属冶炼和压延加工业', 'Steel', 'C'], ['3130', '钢压延加工', 'Steel rolling', '31'], ['39', '电子设备制造业', 'Electronics', 'C'], ['3982', '电子电路制造', 'Circuits', '39'], ['E', '建筑业', 'Construction'], ['4720', '住宅房屋建筑', 'Houses', 'E'])),
  list('size_class', '划型', 'Size', codes(['large', '大型', 'Large'], ['medium', '中型', 'Medium'], ['small', '小型', 'Small'], ['micro', '微型', 'Micro'])),
  list('clause_kind', '性质', 'Kind', codes(['deciding', '判定', 'Deciding'], ['person', '人工核', 'By a person'], ['information', '说明', 'Information'])),
  list('certificate', '资质', 'Recognition', codes(['high_tech', '高新技术企业', 'High-tech enterprise'], ['innovative', '创新型中小企业', 'Innovative small firm'])),
];
