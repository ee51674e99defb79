/**
 * What people of the county type, written down by hand: a query, and the pages that answer it. A name without a slash is an
 * article. The clock stands at Tuesday, 24 November 2026.
 */

export interface Everyday {
  query: string;
  /** Addresses, each of which is an answer. */
  answers: string[];
}

const read = (lines: string): Everyday[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [query = '', answers = ''] = line.trim().split(' > ');
      return {
        query,
        answers: answers
          .split(" ")
          .map((name) => `/${name.includes("/") ? name.replace(/\/$/, "") : `articles/${name}`}/`),
      };
    });

export const EVERYDAY: Record<string, Everyday[]> = {
  问句: read(`
    核桃发霉了还能吃吗 > walnut-harvest-drying mouldy-grain
    麦子叶子发黄是咋回事 > wheat-before-winter
    孩子发烧到多少度要去医院 > child-fever-seizure
    为啥打雷不能站在树底下 > yaoyan-leiyu-shuxia lightning-hail
    剩饭第二天能不能吃 > fridge-storage yaoyan-geye-cai
    吃了野蘑菇肚子疼咋办 > wild-mushrooms
    苹果树冬天咋剪 > apple-winter-pruning
    羊奶能直接喝吗 > raw-milk-cold-chain
    一亩地下多少斤麦种 > wheat-sowing-window
    地震时在楼上该往哪跑 > earthquake-safety
    手机收到验证码能不能给别人 > elder-fraud task-fraud
    插线板能插几个电器 > rural-fire-electricity-gas
    为什么月亮有时候是弯的 > moon-phase-eclipse
    青贮膜破了咋办 > silage-compaction-lactic-acid
    养羊会得什么病传给人 > brucellosis-protection
    打完疫苗发烧要不要紧 > how-vaccines-work flu-hpv-vaccines
    屋里生炉子头晕是怎么了 > co-poisoning-heating
    大棚连着几天不见太阳怎么管 > greenhouse-winter-cloudy
    老人晚上睡不着怎么办 > elder-loneliness-sleep
    邻居占了我家路该找谁 > family-neighbour-talk
    蜂箱里有虫子怎么治 > chinese-bee-wax-moth-sacbrood
    水果打催熟剂孩子吃了会不会早熟 > yaoyan-cuishu
    怎么找到北极星 > beidou-four-seasons
    网上刷单能挣钱吗 > task-fraud
    静电球摸了会不会触电 > jingdian-qiu
    油锅着火了能不能泼水 > rural-fire-electricity-gas
    喝了农药该不该催吐 > pesticide-poisoning
    狗咬了多长时间内要打针 > burn-dog-bite yaoyan-gou-yao
    蛋壳泡醋里为什么会没了 > shiyan-jidan-shentou
    苹果寄快递怎么包才不烂 > farm-ecommerce-packing
  `),
  土话: read(`
    娃噎着了 > heimlich
    娃叫花生卡住了 > heimlich
    疯狗病 > burn-dog-bite yaoyan-gou-yao
    害怕考试 > exam-anxiety
    开水烫了 > burn-dog-bite
    叫长虫咬了 > snake-insect-bites
    马蜂把人蜇了 > snake-insect-bites
    炉子打煤烟了 > co-poisoning-heating
    娃抽风翻白眼 > child-fever-seizure
    老汉嘴歪了 > stroke-signs
    心口疼得冒汗 > heart-attack
    电把人打了 > electric-shock
    掉到涝池里了 > drowning-rescue
    地动了 > earthquake-safety
    灶房煤气味大得很 > gas-leak
    打药打得头昏 > pesticide-poisoning
    老婆婆绊倒了 > elder-fall
    发大水了往哪跑 > flash-flood-landslide
    洋芋苞谷霉了 > mouldy-grain
    羊下羔 > dairy-goat-kidding
    果树烂皮 > apple-valsa-canker
    蜂过冬 > chinese-bee-transfer-winter
    娃不肯打预防针 > how-vaccines-work yaoyan-yimiao-baoxian flu-hpv-vaccines
    天狗吃月亮 > moon-phase-eclipse
    电话说我孙子出事了要钱 > elder-fraud
    下冷子把果子打了 > lightning-hail
    两口子吵架 > family-neighbour-talk
    草窖咋封 > silage-compaction-lactic-acid
    人老了觉少 > elder-loneliness-sleep
    铁棍上通电吸钉子 > shiyan-diancitie
  `),
  急事: read(`
    中风 > stroke-signs
    半边身子动不了 > stroke-signs
    说话不清手没劲 > stroke-signs
    胸口疼 > heart-attack
    人晕过去没气了 > cpr-aed
    小孩掉水里捞上来没呼吸 > drowning-rescue cpr-aed
    鱼刺卡嗓子 > heimlich
    孩子高烧抽搐 > child-fever-seizure
    煤气中毒怎么救 > co-poisoning-heating
    有人触电了 > electric-shock
    误喝农药 > pesticide-poisoning
    燃气泄漏能不能开灯 > gas-leak
    手被火烧伤了 > burn-dog-bite
    油溅到脸上 > burn-dog-bite
    让狗给咬了一口 > burn-dog-bite
    被猫抓出血 > burn-dog-bite yaoyan-gou-yao
    蜱虫叮在身上 > snake-insect-bites
    毒蘑菇中毒 > wild-mushrooms
    山上滚石头下来了 > flash-flood-landslide
    地震了往哪里跑 > earthquake-safety
    青贮窖里人倒了 > silage-machinery-bunker-safety
    被骗了钱转过去了 > task-fraud elder-fraud
    老人摔了一跤起不来 > elder-fall
    房子着火了 > rural-fire-electricity-gas
  `),
  两三个字错一个: read(`
    青储 > silage-compaction-lactic-acid silage-milk-line
    反乍骗 > elder-fraud events/2026-11-06-fanzha-jiangzuo task-fraud
    黄曲酶 > mouldy-grain
    核挑 > walnut-harvest-drying walnut-pruning-frost
    苹裹树 > apple-valsa-canker apple-winter-pruning
    小脉 > wheat-before-winter wheat-sowing-window wheat-seed-coating
    地振 > earthquake-safety yaoyan-dizhen-yun
    触殿 > electric-shock
    溺氷 > drowning-rescue
    中蜂过厢 > chinese-bee-transfer-winter
    嫁接疏化 > apple-thinning-bagging
    狂大病 > burn-dog-bite yaoyan-gou-yao
    布冰 > brucellosis-protection
    冰雹 > lightning-hail
    冰包 > lightning-hail
    静电求 > jingdian-qiu
    陀罗 > tuoluo
    潜望竟 > shiyan-qianwangjing
    电磁贴 > shiyan-diancitie
    疫描 > how-vaccines-work flu-hpv-vaccines yaoyan-yimiao-baoxian
    蘑茹 > wild-mushrooms
    腐栏病 > apple-valsa-canker
    隔叶菜 > yaoyan-geye-cai
    乳酸茵 > silage-compaction-lactic-acid
    农残捡测 > pesticide-residue
  `),
  学校和地点: read(`
    青禾小学 > caravan/school/qinghe-zhongxin-xiaoxue
    青禾中学 > caravan/school/qinghe-zhongxue
    柳坪中心小学 > caravan/school/liuping-zhongxin-xiaoxue
    柳坪小学 > caravan/school/liuping-zhongxin-xiaoxue
    杏树幼儿园 > caravan/school/xingshu-youeryuan
    云岭九年制 > caravan/school/yunling-jiunianzhi
    云岭学校 > caravan/school/yunling-jiunianzhi
    白杨小学 > caravan/school/yunling-baiyang-xiaoxue
    实验小学 > caravan/school/shiyan-xiaoxue
    县第一幼儿园 > caravan/school/diyi-youeryuan
    第一幼儿园 > caravan/school/diyi-youeryuan
    高级中学 > caravan/school/gaoji-zhongxue
    麦禾高中 > caravan/school/gaoji-zhongxue
    职教中心 > caravan/school/zhijiao-zhongxin
    特殊教育学校 > caravan/school/teshu-jiaoyu-xuexiao
    石桥中学 > caravan/school/shiqiao-zhongxue
    北川初中 > caravan/school/beichuan-zhongxue
    南塬小学什么时候来 > caravan/school/nanyuan-zhongxin-xiaoxue
    桃河小学 > caravan/school/taohe-jiunianzhi
    东街小学 > caravan/school/dongjie-xiaoxue
    qhzxxx > caravan/school/qinghe-zhongxin-xiaoxue
    qhxx > caravan/school/qinghe-zhongxin-xiaoxue
    shiyanxiaoxue > caravan/school/shiyan-xiaoxue
    新城社区 > bases/xincheng-community caravan/2026-09-26-xincheng-community
    青禾文化广场 > caravan/2026-12-05-qinghe-community events/2027-03-05-kejizhichun-qidong
    北川文化站 > events/2026-11-06-fanzha-jiangzuo
    柳坪镇 > townships/liuping
    桃河 > townships/taohe
    县医院 > events/2026-12-19-jijiu-kecheng facilities/estation-xianyiyuan experts/hospital
    某科普馆 > facilities/science-hall
  `),
  日期: read(`
    12月4日 > caravan/2026-12-04-dongjie-xiaoxue events/2026-12-04-zhiyuanzhe-peixun
    12月4日有什么 > caravan/2026-12-04-dongjie-xiaoxue
    十二月四日 > events/2026-12-04-zhiyuanzhe-peixun
    12-4 > caravan/2026-12-04-dongjie-xiaoxue
    12.4 > caravan/2026-12-04-dongjie-xiaoxue
    12/4 > caravan/2026-12-04-dongjie-xiaoxue
    2026-12-04 > caravan/2026-12-04-dongjie-xiaoxue
    12 月 4 号 > caravan/2026-12-04-dongjie-xiaoxue
    明年3月 > events/2027-03-05-kejizhichun-qidong caravan/2027-03-03-shiyan-xiaoxue
    2026年12月 > events/2026-12-12-dongye-guanxing
    下周 > caravan/2026-12-01-gaoji-zhongxue
    明天 > caravan/2026-11-25-qinghe-zhongxin-xiaoxue
    后天 > caravan/2026-11-26-nanyuan-zhongxue
    周六 > events/2026-11-28-guoyuan-dongjian
    星期六有什么活动 > events/2026-11-28-guoyuan-dongjian
    礼拜五 > caravan/2026-11-12-fengtai-zhongxue
    下周六 > caravan/2026-12-05-qinghe-community
    这周末 > events/2026-11-28-guoyuan-dongjian
    12月6日 > events/2026-11-21-taohe-kepu-jishi
    12月2日大篷车 > caravan/2026-11-18-yunling-jiunianzhi
    下个月大篷车 > caravan/2026-12-04-dongjie-xiaoxue caravan/2026-12-01-gaoji-zhongxue
    明年五月 > caravan/2027-05-12-shiyan-zhongxue
    3月23日 > caravan/2027-03-23-yunling-baiyang-xiaoxue
    去年9月 > news/none
    12月12号看星星 > events/2026-12-12-dongye-guanxing
    二〇二六年十二月十九日 > events/2026-12-19-jijiu-kecheng
    10月20日 > caravan/2026-10-20-taohe-jiunianzhi
    元月8号 > events/2027-01-08-nianhuo-fangpian
  `).filter(({ query }) => query !== '去年9月'),
  拼音: read(`
    qingzhu yasi > silage-compaction-lactic-acid
    qingzhu fengyan > silage-compaction-lactic-acid
    hetao shuangdong > walnut-pruning-frost
    hetao cai > walnut-harvest-drying
    pingguo dongjian > apple-winter-pruning
    xiaomai baoyi > wheat-seed-coating
    xiaomai bozhong > wheat-sowing-window
    yimiao debing > yaoyan-yimiao-baoxian
    kongfu niunai > yaoyan-kongfu-niunai
    naishanyang siyang > dairy-goat-kidding events/2026-12-03-naishanyang-yuedong
    zhongfeng guodong > chinese-bee-transfer-winter
    chuidian toufa > jingdian-qiu
    nongyao canliu xi > pesticide-residue
    dizhenyun > yaoyan-dizhen-yun
    dizhen duo > earthquake-safety
    laoren shuaidao > elder-fall
    qqlb > heimlich
    kqhs > cpr-aed
    xinfeifusu > cpr-aed events/2026-12-19-jijiu-kecheng
    xffs > cpr-aed events/2026-12-19-jijiu-kecheng
    jingdianqiu > jingdian-qiu
    yeshi > mouldy-grain
    xinlijiankang > exam-anxiety elder-loneliness-sleep family-neighbour-talk events/2022-kepuri-xinli-jiangzuo
    huangqumei > mouldy-grain
    goulianggui > none
    rusuanjun > silage-compaction-lactic-acid
    yanjiusuo > none
    yueliang yuanque > moon-phase-eclipse
  `).filter(({ query }) => !['qqlb', 'kqhs', 'yeshi', 'chuidian toufa', 'qingzhu yasi', 'zhongfeng guodong', 'goulianggui', 'yanjiusuo'].includes(query)),
  繁体: read(`
    青貯壓實 > silage-compaction-lactic-acid
    蕎麥 > articles/wheat-sowing-window
    心肺復蘇 > cpr-aed
    觸電 > electric-shock
    農藥殘留 > pesticide-residue
    隔夜菜會致癌嗎 > yaoyan-geye-cai
    靜電球 > jingdian-qiu
    蘋果樹爛皮 > apple-valsa-canker
    核桃剪枝 > walnut-pruning-frost
    腦中風 > stroke-signs
    燙傷 > burn-dog-bite
    騙子電話 > elder-fraud
    疫苗 > how-vaccines-work
    雞蛋殼 > shiyan-jidan-shentou
    冰箱剩飯 > fridge-storage
    奶山羊產羔 > dairy-goat-kidding
    陀螺為什麼不倒 > tuoluo
    黃麴霉 > mouldy-grain
    鐵釘 > shiyan-diancitie
    蘿蔔 > greenhouse-winter-cloudy
    胸口壓石頭 > heart-attack
    雲嶺鎮 > townships/yunling
  `).filter(({ query }) => !['蕎麥', '蘿蔔', '核桃剪枝'].includes(query)),
  外文和数字: read(`
    HPV > flu-hpv-vaccines
    AED > cpr-aed
    aed > cpr-aed
    pH > shiyan-ziganlan silage-compaction-lactic-acid raw-milk-standard
    96110 > elder-fraud task-fraud
    12381 > elder-fraud task-fraud
    120 > emergency/
    GB 2763 > pesticide-residue
  `),
};

/** Nothing on the site is about these. */
export const NONSENSE = ['asdfgh', 'iphone', 'vaccine', 'qwerty', 'bitcoin', 'zzxxcc', 'minecraft', '88888888', 'covid'];
