import { zipOf } from './zip.ts';

/** The least that Word opens, with the text and the styles of another program. */
export function wordFile(body: string, styles: string): Buffer {
  const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relations = (items: string) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items}</Relationships>`;
  return zipOf([
    {
      name: '[Content_Types].xml',
      content: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      content: relations(`<Relationship Id="a" Type="${office}/officeDocument" Target="word/document.xml"/>`),
    },
    {
      name: 'word/_rels/document.xml.rels',
      content: relations(`<Relationship Id="b" Type="${office}/styles" Target="styles.xml"/>`),
    },
    {
      name: 'word/document.xml',
      content: `<w:document xmlns:w="${main}"><w:body>${body}</w:body></w:document>`,
    },
    { name: 'word/styles.xml', content: `<w:styles xmlns:w="${main}">${styles}</w:styles>` },
  ]);
}
