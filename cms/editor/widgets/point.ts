import { Map as ImmutableMap } from 'immutable';
import {
  Component,
  type ComponentType,
  createElement as h,
  Fragment,
  type MouseEvent,
  type ReactNode,
} from 'react';
import { type Coordinates, toGcj02 } from '../../../src/map/coordinates.ts';
import { earthAt, mapAt } from '../../../src/map/corners.ts';
import { placeText, readPastedPlace } from '../../../src/map/pasted-place.ts';
import type { CountyMap } from '../../protocol/county-map.ts';
import { api } from '../client/api.ts';
import { withOptionalObject } from './object.ts';

/** 坐标: the group of three figures, and above it what fills them in: the county's map, or an address pasted from Amap. */

type Corners = NonNullable<CountyMap['corners']>;
type Value = ImmutableMap<string, unknown> | undefined;

interface PickerProps {
  value: Value;
  onChange: (value: ImmutableMap<string, unknown>) => void;
  /** For the labels of its controls. */
  forID: string;
}

interface State {
  map: CountyMap | undefined;
  typed: string;
  said: string;
  isProblem: boolean;
}

class PointPicker extends Component<PickerProps, State> {
  override state: State = { map: undefined, typed: '', said: '', isProblem: false };

  private set(coordinates: Coordinates, said: string) {
    this.props.onChange(ImmutableMap({ ...(this.props.value?.toObject() ?? {}), ...coordinates }));
    this.setState({ said, isProblem: false });
  }

  private open = (event: { currentTarget: HTMLDetailsElement }) => {
    if (!event.currentTarget.open || this.state.map) return;
    api.map().then(
      (map) => this.setState({ map }),
      (error: Error) => this.setState({ said: error.message, isProblem: true }),
    );
  };

  private paste = (typed: string) => {
    this.setState({ typed });
    if (typed.trim() === '') return this.setState({ said: '', isProblem: false });
    const read = readPastedPlace(typed);
    if ('problem' in read) return this.setState({ said: read.problem, isProblem: true });
    return this.set(read.coordinates, `读到了：${placeText(read.coordinates)}`);
  };

  private click = (corners: Corners) => (event: MouseEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    const earth = earthAt(corners, x, y);
    this.set(earth, `图上点的：${placeText(earth)}，放大网页能点得更准`);
  };

  /** Where the present value lies on the map. */
  private pin(corners: Corners): [number, number] | undefined {
    const { longitude, latitude, system } = (this.props.value?.toObject() ?? {}) as Partial<Coordinates>;
    if (typeof longitude !== 'number' || typeof latitude !== 'number') return undefined;
    const point = toGcj02({ longitude, latitude, system: system ?? 'gcj02' });
    return point && mapAt(corners, { longitude: point[0], latitude: point[1] });
  }

  private picture(): ReactNode {
    const { map } = this.state;
    if (!map || map.side === 0) return null;
    const { left, top, side, townships, corners } = map;
    if (!corners) return h('p', null, SCHEMATIC);
    const unit = side / 420;
    const pin = this.pin(corners);
    return h(
      'svg',
      {
        viewBox: [left, top, side, side].join(' '),
        role: 'img',
        'aria-label': '全县地图，点一下地点',
        onClick: this.click(corners),
      },
      ...townships.map(({ id, path }) => h('path', { key: id, d: path, fillRule: 'evenodd' })),
      ...townships.map(({ id, name, x, y }) =>
        h('text', { key: `name-${id}`, x, y, fontSize: 13 * unit }, name),
      ),
      pin &&
        h('circle', {
          cx: left + pin[0] * side,
          cy: top + pin[1] * side,
          r: 7 * unit,
          strokeWidth: 2 * unit,
        }),
    );
  }

  override render() {
    const { typed, said, isProblem } = this.state;
    const id = `${this.props.forID}-pasted`;
    return h(
      'details',
      { className: 'portal-point', onToggle: this.open },
      h('summary', null, '在地图上点，或者粘贴高德链接'),
      this.picture(),
      h('label', { htmlFor: id }, '高德链接或经纬度'),
      h('input', {
        id,
        type: 'text',
        value: typed,
        autoComplete: 'off',
        placeholder: '粘贴链接，或者「经度,纬度」',
        onChange: ({ target }: { target: HTMLInputElement }) => this.paste(target.value),
      }),
      said &&
        h('p', isProblem ? { className: 'portal-moment-problem', role: 'alert' } : { role: 'status' }, said),
    );
  }
}

const SCHEMATIC =
  '县地图是示意图，没有真实的坐标，所以这里不能点。请粘贴高德链接；在「站点设置」的「地图」里上传了县界文件，或者名录里有三个以上乡镇写了坐标，就能点了。';

/** Decap's object control with the picker above its three fields. */
export function withPointPicker(control: unknown): ComponentType {
  const Base = withOptionalObject(control) as unknown as new (
    props: unknown,
  ) => Component<PickerProps & { value: Value }>;
  class PointControl extends Base {
    override render() {
      const { value, onChange, forID } = this.props;
      return h(Fragment, null, h(PointPicker, { value, onChange, forID }), super.render());
    }
  }
  return PointControl as unknown as ComponentType;
}
