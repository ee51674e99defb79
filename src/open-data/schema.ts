import { siteSettings } from '../queries/index.ts';
import { absolute } from '../ui/address.ts';
import { countyAddress, licenseAddress, publisher, type Schema } from '../ui/schema.ts';
import { OPEN_DATA_PAGE } from './files.ts';

/** An open file as its page shows it. */
interface ShownFile {
  id: string;
  title: string;
  /** Address of the file, without the base path. */
  address: string;
}

/** The open files as schema.org DataCatalog. */
export const catalogSchema = (files: readonly ShownFile[]): Schema => ({
  '@type': 'DataCatalog',
  name: `${siteSettings().county}开放数据`,
  description: `${siteSettings().association}公开的科普内容和数据，每一类一个 JSON 文件，附 JSON Schema。`,
  url: absolute(OPEN_DATA_PAGE),
  license: licenseAddress(),
  publisher: publisher(),
  dataset: files.map(datasetSchema),
});

function datasetSchema({ id, title, address }: ShownFile): Schema {
  const { county, association } = siteSettings();
  return {
    '@type': 'Dataset',
    name: `${county}${title}`,
    description: `${association}公开的${title}：网页上的每一条都在这个文件里，字段和写法见开放数据页，没有记录的空着，内容一变文件跟着变。`,
    url: absolute(`${OPEN_DATA_PAGE}#${id}`),
    license: licenseAddress(),
    isAccessibleForFree: true,
    inLanguage: 'zh-CN',
    spatialCoverage: { '@type': 'Place', name: county, address: countyAddress(undefined) },
    creator: publisher(),
    publisher: publisher(),
    distribution: [
      { '@type': 'DataDownload', encodingFormat: 'application/json', contentUrl: absolute(address) },
    ],
  };
}
