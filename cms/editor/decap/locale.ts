/** Decap's Chinese: what its own `zh_Hans` lacks or says in a way that an editor of this site would not understand. */

export const additions = {
  auth: { loginWithForgejo: '使用 Forgejo 登录' },
  collection: {
    sidebar: {
      collections: '栏目',
      allCollections: '全部栏目',
      searchAll: '查找全部栏目',
      searchIn: '查找范围',
    },
    collectionTop: { viewAsList: '列表显示', viewAsGrid: '卡片显示', newButton: '新建%{collectionLabel}' },
    entries: { unpublishedHeader: '还没有发布的' },
  },
  editor: {
    editorControl: { field: { optional: '可不填', widgetLabel: '填写项' } },
    editorControlPane: {
      widget: {
        required: '「%{fieldLabel}」不能为空',
        regexPattern: '「%{fieldLabel}」%{pattern}',
        processing: '「%{fieldLabel}」正在处理',
        range: '「%{fieldLabel}」要在 %{minValue} 到 %{maxValue} 之间',
        min: '「%{fieldLabel}」不能小于 %{minValue}',
        max: '「%{fieldLabel}」不能大于 %{maxValue}',
        rangeMin: '「%{fieldLabel}」至少要有 %{minCount} 项',
        rangeMax: '「%{fieldLabel}」最多只能有 %{maxCount} 项',
      },
    },
    editor: {
      onLeavePage: '还有没保存的修改，确定要离开吗？',
      confirmLoadBackup: '这台电脑上留有没保存完的内容，要接着写吗？',
      onDeletePublishedEntry: '确定要删除吗？网站上的这一页会消失。',
      onDeleteWithUnsavedChanges: '确定要删除吗？网站上的这一页和没保存的修改都会消失。',
    },
    editorInterface: { toggleNotes: '打开或关闭批注' },
    editorNotesPane: {
      title: '批注',
      emptyState: '还没有批注。',
      addNote: '添加批注',
      addPlaceholder: '写一条批注……',
      editPlaceholder: '修改批注……',
      save: '保存',
      cancel: '取消',
      edit: '修改',
      delete: '删除',
      resolve: '标为已解决',
      unresolve: '标为未解决',
      confirmDelete: '确定要删除这条批注吗？',
      shortcut: '按 Ctrl+Enter 可以直接添加',
    },
    editorToolbar: {
      publish: '保存',
      publishing: '正在保存…',
      published: '已保存',
      publishNow: '保存',
      publishAndCreateNew: '保存，再新建一条',
      publishAndDuplicate: '保存，再复制一条',
      deletePublishedEntry: '删除',
      deleteEntry: '删除',
      backCollection: '返回「%{collectionLabel}」',
      unsavedChanges: '有没保存的修改',
      changesSaved: '都保存了',
      deployButtonLabel: '在网站上看',
      deployPreviewButtonLabel: '在网站上看',
      statusInfoTooltipDraft: '还是草稿。写完后把状态改为「审核中」。',
      statusInfoTooltipInReview: '正在审核，不用再做什么；也可以继续修改。',
    },
    editorWidgets: {
      markdown: {
        strikethrough: '删除线',
        addComponent: '插入内容块',
        linkPrompt: '输入网址',
        markdown: '原文',
        richText: '所见即所得',
        toggleMode: { rich: '切换到所见即所得', markdown: '切换到原文' },
      },
      image: { chooseMultiple: '选择几张图片', addMore: '再加几张', removeAll: '全部移除' },
      file: { chooseMultiple: '选择几个文件', addMore: '再加几个', removeAll: '全部移除' },
      datetime: { now: '今天', setToNow: '填上今天' },
      list: { addType: '添加%{item}', add: '添加%{item}' },
      object: { expand: '展开', collapse: '收起' },
    },
  },
  mediaLibrary: {
    mediaLibraryModal: {
      close: '关闭',
      deleting: '正在删除…',
      mediaAssets: '图片和附件',
      noAssetsFound: '还没有文件',
      noImagesFound: '还没有图片',
      noResults: '没有找到这样的文件，换个词试试',
      search: '找文件：标题里的字、拼音都行',
    },
    mediaLibraryCard: { copyUrl: '复制网址' },
  },
  ui: {
    errorBoundary: { details: '程序出错了，', reportIt: '请把下面的内容发给维护网站的人' },
    settingsDropdown: { account: '账户', logOut: '退出' },
    toast: {
      missingRequiredField: '没有保存，有几项还没填好：%{details}',
      entrySaved: '已保存',
      entryPublished: '已保存，网站正在更新',
      onFailToPersist: '没有保存：%{details}',
      onFailToDelete: '没有删除：%{details}',
      onFailToLoadEntries: '没有读到内容：%{details}',
      onLoggedOut: '已经退出，请先把没保存的内容复制下来，再重新进入',
      onBackendDown: '编辑服务没有回应：%{details}',
      noteAdded: '批注已添加',
      onFailToAddNote: '批注没有添加：%{details}',
      noteUpdated: '批注已修改',
      onFailToUpdateNote: '批注没有修改：%{details}',
      noteDeleted: '批注已删除',
      onFailToDeleteNote: '批注没有删除：%{details}',
      noteResolved: '批注标为已解决',
      noteReopened: '批注标为未解决',
      onFailToToggleNote: '批注的状态没有改：%{details}',
    },
  },
  workflow: { workflow: { dateFormat: 'M 月 D 日' } },
};

interface Phrases {
  [key: string]: string | Phrases;
}

/** `base` with `more` laid over it, all the way down. */
export function mergePhrases(base: Phrases, more: Phrases): Phrases {
  const merged: Phrases = { ...base };
  for (const [key, value] of Object.entries(more)) {
    const under = merged[key];
    merged[key] = typeof value === 'object' && typeof under === 'object' ? mergePhrases(under, value) : value;
  }
  return merged;
}
