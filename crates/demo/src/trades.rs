//! The trades of the demonstration's firms: industry class, words in firm names, chain, products, how common.
//!
//! Weights are firms of that trade among ten thousand in an ordinary county; places known for a trade multiply them.

/// What decides a firm's money and people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sector {
    Farming,
    Industry,
    Construction,
    Wholesale,
    Retail,
    Transport,
    Catering,
    Software,
    Service,
    Property,
}

#[derive(Debug)]
pub struct Trade {
    /// GB/T 4754-2017 class.
    pub code: &'static str,
    pub sector: Sector,
    pub weight: u32,
    pub words: &'static [&'static str],
    pub chain: Option<&'static str>,
    pub products: &'static [&'static str],
}

impl Trade {
    /// Division of the classification, the first two digits.
    pub fn division(&self) -> &'static str {
        &self.code[..2]
    }

    pub fn is_industry(&self) -> bool {
        self.sector == Sector::Industry
    }
}

use Sector::*;

const fn t(
    code: &'static str,
    sector: Sector,
    weight: u32,
    words: &'static [&'static str],
    chain: &'static str,
    products: &'static [&'static str],
) -> Trade {
    let chain = if chain.is_empty() { None } else { Some(chain) };
    Trade { code, sector, weight, words, chain, products }
}

pub static TRADES: [Trade; 112] = [
    t("0111", Farming, 150, &["粮油种植", "生态农业"], "", &[]),
    t("0141", Farming, 190, &["蔬菜", "农业科技", "生态农业"], "", &[]),
    t("0162", Farming, 120, &["油茶", "油茶种植"], "camellia", &["camellia_oil"]),
    t("0164", Farming, 60, &["茶业", "茶叶种植"], "berry_tea", &["tea"]),
    t("0171", Farming, 70, &["中药材", "药材种植"], "food_medicine", &["herbal_medicine"]),
    t("0313", Farming, 170, &["养殖", "牧业"], "", &[]),
    t("0321", Farming, 80, &["禽业", "家禽养殖"], "", &[]),
    t("0412", Farming, 50, &["水产", "水产养殖"], "", &[]),
    t("0519", Farming, 70, &["农业服务", "农机服务"], "farm_machinery", &[]),
    t("0610", Industry, 14, &["煤业", "矿业"], "", &[]),
    t("0912", Industry, 5, &["矿业"], "", &[]),
    t("0915", Industry, 5, &["锑业", "矿业"], "antimony", &["antimony_oxide"]),
    t("1011", Industry, 30, &["矿业", "石灰石"], "building_materials", &[]),
    t("1311", Industry, 30, &["米业", "粮油"], "food_medicine", &[]),
    t("1331", Industry, 24, &["油脂", "茶油"], "camellia", &["camellia_oil"]),
    t("1353", Industry, 20, &["食品", "肉类食品"], "food_medicine", &["meat_product"]),
    t("1392", Industry, 18, &["豆制品", "食品"], "food_medicine", &[]),
    t("1439", Industry, 14, &["食品"], "food_medicine", &[]),
    t("1512", Industry, 16, &["酒业"], "food_medicine", &[]),
    t("1530", Industry, 10, &["茶业", "茶叶"], "berry_tea", &["tea"]),
    t("1781", Industry, 12, &["纺织", "无纺布"], "", &[]),
    t("1819", Industry, 30, &["服饰", "服装"], "", &[]),
    t("2011", Industry, 16, &["木业"], "", &[]),
    t("2041", Industry, 14, &["竹业", "竹制品"], "", &[]),
    t("2110", Industry, 16, &["家具"], "", &[]),
    t("2231", Industry, 14, &["包装", "纸品"], "", &[]),
    t("2319", Industry, 16, &["印务", "印刷"], "digital_printing", &["toner"]),
    t("2613", Industry, 7, &["化工", "化学"], "antimony", &["antimony_oxide", "flame_retardant"]),
    t("2641", Industry, 8, &["涂料", "新材料"], "building_materials", &[]),
    t("2669", Industry, 8, &["新材料", "阻燃材料"], "antimony", &["flame_retardant"]),
    t("2740", Industry, 6, &["制药", "药业"], "food_medicine", &["herbal_medicine"]),
    t("2730", Industry, 6, &["中药饮片", "药业"], "food_medicine", &["herbal_medicine"]),
    t("2922", Industry, 14, &["塑业", "管业"], "building_materials", &[]),
    t("3011", Industry, 4, &["水泥"], "building_materials", &["cement"]),
    t("3021", Industry, 16, &["水泥制品", "商砼"], "building_materials", &["cement"]),
    t("3022", Industry, 12, &["装配式建筑", "建筑构件"], "building_materials", &["prefab_parts"]),
    t("3024", Industry, 10, &["轻质建材", "新型建材"], "building_materials", &["wall_material"]),
    t("3031", Industry, 22, &["墙材", "建材"], "building_materials", &["wall_material"]),
    t(
        "3073",
        Industry,
        7,
        &["电子陶瓷", "特种陶瓷", "新材料"],
        "advanced_ceramics",
        &["ceramic_seal", "ceramic_substrate", "ceramic_relay", "thermostat"],
    ),
    t("3091", Industry, 5, &["碳素", "新材料"], "new_energy", &["battery_material"]),
    t("3110", Industry, 4, &["铸造", "炉料"], "steel_materials", &["castings"]),
    t(
        "3130",
        Industry,
        12,
        &["钢材", "金属材料", "特钢"],
        "steel_materials",
        &["cold_rolled", "silicon_steel", "auto_steel", "wear_steel"],
    ),
    t("3140", Industry, 6, &["合金", "冶金"], "steel_materials", &["castings"]),
    t("3212", Industry, 4, &["冶炼", "有色金属"], "antimony", &[]),
    t("3215", Industry, 5, &["锑业", "锑品"], "antimony", &["antimony_oxide"]),
    t("3240", Industry, 5, &["合金材料", "新材料"], "antimony", &["alloy_powder"]),
    t("3252", Industry, 7, &["铝业"], "antimony", &[]),
    t("3311", Industry, 26, &["钢结构", "金属结构"], "steel_materials", &["steel_structure"]),
    t("3312", Industry, 26, &["门窗", "门业"], "building_materials", &[]),
    t("3321", Industry, 4, &["切削工具", "硬质合金"], "hard_alloy", &["hard_alloy_tool"]),
    t("3360", Industry, 8, &["表面处理", "金属制品"], "steel_materials", &[]),
    t("3391", Industry, 12, &["铸造", "机械铸件"], "construction_machinery", &["castings"]),
    t("3393", Industry, 5, &["粉末冶金", "锻造"], "hard_alloy", &["alloy_powder", "castings"]),
    t("3444", Industry, 7, &["液压", "液压科技"], "construction_machinery", &["oil_cylinder"]),
    t("3463", Industry, 5, &["净化设备", "环保设备"], "energy_saving", &["dust_collector"]),
    t("3474", Industry, 4, &["办公设备", "数码科技"], "digital_printing", &["copier", "toner"]),
    t("3482", Industry, 8, &["紧固件", "标准件"], "steel_materials", &["castings"]),
    t("3484", Industry, 26, &["机械", "精密机械"], "construction_machinery", &["excavator_parts"]),
    t("3514", Industry, 9, &["重工", "工程机械"], "construction_machinery", &["concrete_machine", "crane_parts", "excavator_parts"]),
    t("3532", Industry, 7, &["粮机", "粮油机械"], "farm_machinery", &["rice_mill"]),
    t("3572", Industry, 8, &["农机", "农业装备"], "farm_machinery", &["tiller", "harvester"]),
    t("3576", Industry, 6, &["农机配件", "机械配件"], "farm_machinery", &["tiller"]),
    t("3591", Industry, 6, &["环保科技", "环保设备"], "energy_saving", &["dust_collector", "water_treatment"]),
    t("3584", Industry, 4, &["医疗器械"], "food_medicine", &[]),
    t("3670", Industry, 8, &["汽车零部件", "汽车配件"], "automotive", &["auto_steel"]),
    t("3714", Industry, 3, &["轨道装备", "交通装备"], "rail_transit", &[]),
    t("3812", Industry, 6, &["电机", "电机科技"], "steel_materials", &["motor_core"]),
    t("3825", Industry, 6, &["光伏", "新能源"], "new_energy", &["pv_module"]),
    t("3841", Industry, 6, &["新能源", "储能科技"], "new_energy", &["lithium_cell", "storage_system"]),
    t("3872", Industry, 7, &["照明", "光电"], "digital_printing", &["led"]),
    t("3976", Industry, 5, &["光电材料", "光电科技"], "digital_printing", &["led"]),
    t("3982", Industry, 5, &["电子", "电路科技"], "digital_printing", &["circuit_board"]),
    t("3985", Industry, 4, &["电子材料"], "advanced_ceramics", &["ceramic_substrate"]),
    t("4210", Industry, 12, &["再生资源", "循环科技"], "energy_saving", &["waste_recycling"]),
    t("4413", Industry, 8, &["水电", "电力开发"], "new_energy", &[]),
    t("4416", Industry, 9, &["光伏发电", "新能源"], "new_energy", &["pv_module"]),
    t("4620", Industry, 6, &["水务", "水处理"], "energy_saving", &["water_treatment"]),
    t("4710", Construction, 240, &["建筑工程", "建设工程", "建设"], "", &[]),
    t("4813", Construction, 110, &["市政工程", "路桥工程"], "", &[]),
    t("4910", Construction, 110, &["电力安装", "电力工程"], "", &[]),
    t("5011", Construction, 180, &["装饰工程", "装饰"], "", &[]),
    t("5121", Wholesale, 200, &["农产品贸易", "粮油贸易"], "", &[]),
    t("5161", Wholesale, 180, &["煤炭贸易", "能源贸易"], "", &[]),
    t("5164", Wholesale, 220, &["钢材贸易", "钢铁贸易", "物资"], "steel_materials", &[]),
    t("5165", Wholesale, 190, &["建材贸易", "建材"], "", &[]),
    t("5171", Wholesale, 160, &["农机销售", "机械设备"], "", &[]),
    t("5181", Wholesale, 260, &["贸易", "商贸", "供应链"], "", &[]),
    t("5211", Retail, 420, &["百货", "商贸"], "", &[]),
    t("5212", Retail, 380, &["超市", "便利店"], "", &[]),
    t("5251", Retail, 260, &["大药房", "医药"], "", &[]),
    t("5261", Retail, 230, &["汽车销售", "车业"], "", &[]),
    t("5283", Retail, 240, &["家居", "建材销售"], "", &[]),
    t("5292", Retail, 400, &["电子商务", "网络科技"], "", &[]),
    t("5431", Transport, 290, &["物流", "货运"], "logistics", &[]),
    t("5990", Transport, 70, &["仓储", "冷链物流"], "logistics", &[]),
    t("6110", Catering, 120, &["酒店", "酒店管理"], "tourism", &[]),
    t("6210", Catering, 330, &["餐饮", "餐饮管理"], "", &[]),
    t("6513", Software, 150, &["软件", "信息技术", "科技"], "software", &["software_product"]),
    t("6531", Software, 170, &["信息科技", "智能科技"], "software", &["software_product"]),
    t("6429", Software, 90, &["网络科技", "数字科技"], "software", &[]),
    t("7010", Property, 70, &["置业", "房地产开发"], "", &[]),
    t("7020", Property, 80, &["物业", "物业服务"], "", &[]),
    t("7212", Service, 210, &["企业管理", "投资管理"], "", &[]),
    t("7243", Service, 130, &["商务咨询", "咨询"], "", &[]),
    t("7251", Service, 230, &["广告", "广告传媒"], "", &[]),
    t("7263", Service, 170, &["人力资源", "劳务"], "", &[]),
    t("7291", Service, 110, &["旅行社", "文旅"], "tourism", &[]),
    t("7293", Service, 130, &["图文快印", "文印"], "digital_printing", &[]),
    t("7452", Service, 80, &["检测", "检测技术"], "", &[]),
    t("7320", Service, 90, &["技术研究", "工程技术"], "", &[]),
    t("8111", Service, 240, &["汽车维修", "汽修"], "", &[]),
    t("9051", Service, 130, &["文化传播", "演艺"], "tourism", &[]),
];

/// The trade of an industry class. Falls back to the first one for a class that no firm has.
pub fn trade_of(code: &str) -> &'static Trade {
    TRADES.iter().find(|t| t.code == code).unwrap_or(&TRADES[0])
}
