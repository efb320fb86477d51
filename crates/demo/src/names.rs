//! Names that nobody bears: firms of two rare characters between place and trade, and people.
use crate::places::Region;
use crate::trades::{Sector, Trade};
use liangu_base::SplitMix64;
use liangu_base::random::RandomExt;
use std::collections::HashSet;

const FIRST: &[char] = &[
    '澜', '璟', '砺', '煜', '晟', '宸', '瀚', '昱', '珩', '骁', '翊', '沄', '砥', '钲', '锴', '钰', '铭', '湛', '睿', '皓', '禹', '岚',
    '峻', '崇', '怀', '景', '弘', '承', '启', '绍', '嘉', '庆', '旭', '朗', '晖', '柏', '栩', '楚', '榕', '樾', '泓', '泽', '洛', '涵',
    '淳', '渝', '溪', '滢', '漾', '炜', '烨', '焱', '熠', '珑', '琅', '瑾', '瑜', '璞', '盛', '硕', '磐', '禾', '穗', '竣', '筑', '纬',
    '羿', '耀', '聿', '臻', '芷', '苇', '茂', '荃', '荔', '萱', '蓝', '蔚', '衡', '谦', '轩', '辰', '迅', '逸', '邦', '郁', '钧', '铂',
    '锐', '锦', '闻', '雍', '霁', '青', '韵', '颂', '飏', '驰', '鸿', '麓', '黎', '鼎',
];

const SECOND: &[char] = &[
    '砾', '铖', '岳', '泽', '源', '峰', '辉', '瑞', '达', '联', '信', '和', '宁', '远', '丰', '润', '博', '通', '成', '兴', '鑫', '利',
    '安', '泰', '宏', '创', '智', '维', '越', '舟', '川', '河', '林', '杉', '松', '桐', '枫', '石', '崖', '屿', '汀', '湾', '洲', '野',
    '垣', '城', '阁', '府', '庭', '栖', '汇', '聚', '集', '合', '融', '同', '协', '众', '群', '裕', '祥', '康', '顺', '畅', '捷', '超',
    '腾', '翔', '凌', '擎', '拓', '开', '展', '进', '升', '拔', '卓', '优', '品', '尚', '诚', '德', '义', '道', '真', '正', '元', '一',
    '初', '始', '新', '春', '夏', '秋', '冬', '日', '月', '星', '云', '电', '光', '焰', '火', '木',
];

const SURNAMES: &[&str] = &[
    "周", "彭", "李", "刘", "陈", "王", "张", "杨", "曾", "谢", "胡", "罗", "邓", "肖", "吴", "曹", "袁", "龙", "颜", "聂", "康", "段",
    "游", "梁", "邹", "贺", "童", "毛", "姜", "易", "欧阳", "成", "申", "戴", "阳", "廖", "唐", "萧", "伍", "卿", "扶", "鄢", "晏", "苏",
    "谭", "熊", "方", "石", "孙", "黄",
];

const GIVEN: &[char] = &[
    '岚', '砚', '秋', '敏', '霖', '哲', '妍', '睿', '琳', '博', '珂', '昊', '宁', '晗', '涛', '蕾', '捷', '颖', '昕', '峥', '桦', '芸',
    '朗', '玥', '恺', '彤', '澍', '瑶', '旻', '茜', '毅', '菲', '骏', '瑾', '航', '楠', '逸', '雯', '煦', '槿', '屹', '苒', '川', '蓉',
    '衡', '露', '拓', '婕', '铮', '漪',
];

/// Hands out firm names and never the same twice.
#[derive(Debug, Default)]
pub struct FirmNames {
    used: HashSet<String>,
}

impl FirmNames {
    /// Marks a name as taken before drawing starts.
    pub fn reserve(&mut self, name: &str) {
        self.used.insert(name.to_owned());
    }

    pub fn draw(&mut self, region: &Region, trade: &Trade, large: bool, cooperative: bool, random: &mut SplitMix64) -> String {
        let word = *random.pick(trade.words);
        for length in 0.. {
            let brand = brand(random, length > 40);
            let place = match () {
                () if large && random.chance(0.6) => "湖南",
                () if random.chance(0.12) && !region.prefix.contains("市") => "湖南",
                () => region.prefix,
            };
            let form = match trade.sector {
                Sector::Farming if cooperative => "农民专业合作社",
                _ if large && random.chance(0.25) => "股份有限公司",
                _ => "有限公司",
            };
            let name = format!("{place}{brand}{word}{form}");
            if self.used.insert(name.clone()) {
                return name;
            }
        }
        unreachable!("the range of lengths has no end")
    }
}

fn brand(random: &mut SplitMix64, longer: bool) -> String {
    let mut brand = String::new();
    brand.push(*random.pick(FIRST));
    brand.push(*random.pick(SECOND));
    if longer || random.chance(0.04) {
        brand.push(*random.pick(SECOND));
    }
    brand
}

/// A person's name.
pub fn person(random: &mut SplitMix64) -> String {
    let mut name = (*random.pick(SURNAMES)).to_owned();
    name.push(*random.pick(GIVEN));
    if random.chance(0.55) {
        name.push(*random.pick(GIVEN));
    }
    name
}

/// A telephone number of a range that is not assigned to anyone: 190 0000 xxxx.
pub fn phone(random: &mut SplitMix64) -> String {
    format!("1900000{:04}", random.below(10_000))
}
