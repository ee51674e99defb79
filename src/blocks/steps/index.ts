import { z } from 'zod';
import { defineBlock } from '../../model/block.ts';

export const steps = defineBlock({
  name: 'Steps',
  label: '步骤',
  description: '把里面的编号列表显示成一步一步的做法。',
  placement: 'block',
  children: true,
  schema: z.strictObject({}),
  render: (_attributes, children) => `<div class="block-steps">${children}</div>`,
  example: `<Steps>

1. 打开窗户，关掉炉子。
2. 把人转移到空气新鲜的地方。
3. 拨打 120。

</Steps>`,
});
