import { DecapCmsCore as CMS } from 'decap-cms-core';
import boolean from 'decap-cms-widget-boolean';
import datetime from 'decap-cms-widget-datetime';
import file from 'decap-cms-widget-file';
import image from 'decap-cms-widget-image';
import list from 'decap-cms-widget-list';
import number from 'decap-cms-widget-number';
import object from 'decap-cms-widget-object';
import relation from 'decap-cms-widget-relation';
import select from 'decap-cms-widget-select';
import string from 'decap-cms-widget-string';
import text from 'decap-cms-widget-text';
import * as locales from './locales.ts';
import './select-defaults.ts';

/**
 * Decap with the parts that this editor uses. The package `decap-cms-app` registers all there are: ten Git hosts, maps,
 * two more editors, 38 languages; with them a first start installs 270 packages and 150 MB more.
 */

const widgets = [boolean, datetime, file, image, list, number, object, relation, select, string, text];

// Decap's own declarations (3.19.1) know neither fields that leave their widget out, nor our props.
const registerWidget = CMS.registerWidget as unknown as (widget: object) => void;

for (const { Widget } of widgets) registerWidget(Widget());
for (const [name, phrases] of Object.entries(locales)) CMS.registerLocale(name, phrases);

export default CMS;
