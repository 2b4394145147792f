//! The cards of the rules that fill a claim's fields. A claim bears the
//! identifier of the rule that read its number, and lists these beside it.

use super::super::rule::Card;

/// What is counted: the four places where the noun can stand.
const NOUNS: [Card; 4] = [
    Card {
        id: "claim/noun-after",
        about: "The counted noun behind the number, its unit or its preposition.",
        yes: &["عبرت [45] شاحنة الحدود => شاحنة", "غاب [30%] من التلاميذ => التلاميذ"],
        no: &["بلغ عدد الشاحنات 45"],
    },
    Card {
        id: "claim/noun-before",
        about: "The noun before the number: measured, described or rising.",
        yes: &["بلغ عدد الشاحنات [45] => الشاحنات", "نشر المتحف صورة [واحدة] => صورة"],
        no: &["عبرت 45 شاحنة"],
    },
    Card {
        id: "claim/noun-in-number",
        about: "A noun whose dual ending is the number.",
        yes: &["اشترى المزارع [جرارين] => جرارين"],
        no: &["اشترى المزارع جرارًا"],
    },
    Card {
        id: "claim/noun-understood",
        about: "The noun of a claim before, where this number has none of its own.",
        yes: &["حضر 300 تلميذ وغاب [40] => تلميذ"],
        no: &["وصل 12 قاربًا و7 سفن"],
    },
];

/// What the quantity does.
const CHANGES: [Card; 3] = [
    Card {
        id: "claim/change-to",
        about: "The state that a rise or fall reaches.",
        yes: &["ارتفع سعر الطن إلى [900] دولار => rise_to", "هبط المخزون ليبلغ [40 ألف] طن => fall_to"],
        no: &["ارتفع سعر الطن 900 دولار", "وصل ارتفاع السد إلى 90 مترًا"],
    },
    Card {
        id: "claim/change-by",
        about: "The amount of a rise or fall.",
        yes: &["تراجعت المبيعات بنسبة [8%] => fall_by", "سجل القطاع زيادة بلغت [5%] => rise_by"],
        no: &["وسط صعود أسهم 60 شركة"],
    },
    Card {
        id: "claim/change-alone",
        about: "A rise or fall that is told without amount or end.",
        yes: &["تضاعف الإنتاج [ثلاث مرات] => rise"],
        no: &["زار الوفد المصنع ثلاث مرات"],
    },
];

/// Whether it is so.
const MODALITIES: [Card; 5] = [
    Card {
        id: "claim/modality-negated",
        about: "A negation that reaches the number; a bound or an exception does not.",
        yes: &["لم يصل [40] راكبًا => negated", "وقال إن [9] مصانع لم تفتح بعد => negated"],
        no: &["لم يصل سوى 40 راكبًا", "لا يزيد العدد على 40 راكبًا"],
    },
    Card {
        id: "claim/modality-planned",
        about: "A plan, a promise, a demand or the future.",
        yes: &["تعتزم البلدية شراء [25] حافلة => planned", "ستزرع الوزارة [3000] شجرة => planned"],
        no: &["اشترت البلدية 25 حافلة"],
    },
    Card {
        id: "claim/modality-conditional",
        about: "What depends on something else.",
        yes: &["سيعود [60] عاملًا إذا فُتح المعبر => conditional"],
        no: &["فاز الفريق بثلاثة أهداف مقابل هدفين"],
    },
    Card {
        id: "claim/modality-estimated",
        about: "An estimate or expectation, by a word of the clause or of the source.",
        yes: &[
            "من المتوقع أن يحضر [500] ضيف => estimated",
            "وتشير التقديرات إلى نفوق [80] رأسًا => estimated",
        ],
        no: &["وقد حضر 500 ضيف"],
    },
    Card {
        id: "claim/modality-asked",
        about: "A question.",
        yes: &["هل حضر [500] ضيف؟ => asked"],
        no: &["حضر 500 ضيف"],
    },
];

/// Parts of wholes, the surer rules first.
const PARTS: [Card; 7] = [
    Card {
        id: "claim/part-out-of",
        about: "The whole follows the part: from a total of, out of.",
        yes: &["فُتح [18] مركزًا من أصل 97 => 97", "تُرجمت [12] رواية من جملة 30 رواية => 30"],
        no: &["فُتح 18 مركزًا من 97 يومًا"],
    },
    Card {
        id: "claim/part-of-them",
        about: "A pronoun for the whole before: among them, of them, half of them.",
        yes: &["وصل 60 طالبًا، من بينهم [25] طالبة => 60", "زُرعت 900 شتلة، جفّ [ثلث]ها => 900"],
        no: &["وصل 60 طالبًا و25 معلمة", "حصل كل منهم على 25 كتابًا"],
    },
    Card {
        id: "claim/part-of-named",
        about: "A share of a definite noun that an earlier claim counts.",
        yes: &["فُحص 80 مصنعًا، وأُغلق [ربع] المصانع => 80"],
        no: &["فُحص 80 مصنعًا، وأُغلق ربع المتاجر"],
    },
    Card {
        id: "claim/part-listed",
        about: "The parts behind a colon, a bracket or a pronoun that names them.",
        yes: &["أُوقف 9 أشخاص: [ستة] رجال وثلاث نساء => 9"],
        no: &["أُوقف 9 أشخاص ونُقل ستة جرحى"],
    },
    Card {
        id: "claim/part-distributed",
        about: "The same thing counted place by place.",
        yes: &["سُجلت 40 إصابة، توزعت الإصابات على صور ([25]) وصيدا (15) => 40"],
        no: &["سُجلت 40 إصابة في صور و25 وفاة في صيدا"],
    },
    Card {
        id: "claim/part-goes-on",
        about: "A list of parts goes on.",
        yes: &["عاد 200 عامل، بينهم 90 بنّاءً و[40] نجارًا => 200"],
        no: &["عاد 200 عامل، بينهم 90 بنّاءً، وقالت الشركة إن 40 مهندسًا سيلحقون بهم"],
    },
    Card {
        id: "claim/part-rest",
        about: "The rest of a whole of which a part was told.",
        yes: &["وصلت 50 حافلة، منها 30 أمس. أما الـ[20] الباقية فتصل غدًا => 50"],
        no: &["وصلت 50 حافلة، وفاز عبد الباقي 20 مرة"],
    },
];

/// Who says it.
const SOURCES: [Card; 6] = [
    Card {
        id: "claim/source-by-preposition",
        about: "A source behind بحسب, وفق, نقلًا عن and the like.",
        yes: &["جُرح [11] عاملًا، بحسب الدفاع المدني => الدفاع المدني"],
        no: &["يعاقب وفق القانون بالحبس 3 سنوات"],
    },
    Card {
        id: "claim/source-by-document",
        about: "A text at the head of the sentence, with its author.",
        yes: &["في تقرير لوزارة الصحة، بلغ عدد الحالات [320] => وزارة الصحة"],
        no: &["في تقرير من 34 صفحة"],
    },
    Card {
        id: "claim/source-after-verb",
        about: "The subject behind a verb of saying, with the name in apposition.",
        yes: &["قال مدير الميناء، حسن الطويل، إن [14] سفينة رست => مدير الميناء، حسن الطويل"],
        no: &["سجل اللاعب 3 أهداف", "قال عشرون في المئة إنهم يدفعون 3 دنانير"],
    },
    Card {
        id: "claim/source-before-verb",
        about: "The subject before a verb of saying.",
        yes: &["لكن النقابة أعلنت أن [70] عاملًا أضربوا => النقابة"],
        no: &["أعلنت النقابة أن 70 عاملًا أضربوا"],
    },
    Card {
        id: "claim/source-goes-on",
        about: "The last speaker speaks on.",
        yes: &["قالت الوزيرة إن الحملة بدأت. وأضافت أن [200] فريق يعملون => الوزيرة"],
        no: &["قالت الوزيرة إن الحملة بدأت. يذكر أن 200 فريق يعملون"],
    },
    Card {
        id: "claim/source-quoted-by-another",
        about: "The one who is quoted, not the one who quotes.",
        yes: &["نقلت وكالة عن مسؤول محلي قوله إن [6] آبار جفت => مسؤول محلي"],
        no: &["نقلت الشاحنات 6 أطنان"],
    },
];

/// All cards.
pub(super) fn all() -> impl Iterator<Item = &'static Card> {
    NOUNS.iter().chain(&CHANGES).chain(&MODALITIES).chain(&PARTS).chain(&SOURCES)
}
