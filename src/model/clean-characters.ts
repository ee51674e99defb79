/**
 * Characters that look like nothing, or like another one, and keep a word from being found: 「防止」 with a zero-width
 * space from a web page, 「⻘⼭」 with radicals from a PDF.
 */

/** Soft hyphen, zero-width space, word joiner, byte order mark. The joiner inside emoji (U+200D) is not one of them. */
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]+/g;

/** CJK and Kangxi radicals, and the duplicates that other standards have of Han characters. */
const DUPLICATE = /[\u2e80-\u2fdf\uf900-\ufaff]/g;

/**
 * Radicals that Unicode does not call the same as a character, although they look the same; pairs. See
 * https://www.unicode.org/Public/UCD/latest/ucd/EquivalentUnifiedIdeograph.txt.
 */
const RADICALS =
  '⺁厂⺄乙⺅亻⺆冂⺉刂⺊卜⺎兀⺐尢⺒巳⺓幺⺔彑⺖忄⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺲罒' +
  '⺶羊⺷羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞' +
  '⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀';

const CHARACTER_OF = new Map(
  Array.from({ length: RADICALS.length / 2 }, (_, index) => [
    RADICALS.charAt(index * 2),
    RADICALS.charAt(index * 2 + 1),
  ]),
);

/** The text with invisible characters taken out and radicals as the characters that they look like. Pure, linear. */
export const cleanCharacters = (text: string): string =>
  text
    .replace(INVISIBLE, '')
    .replace(DUPLICATE, (character) => CHARACTER_OF.get(character) ?? character.normalize('NFKC'));
