"""The words that a survey of SurveyJS shows without holding them, and which members of its objects mean what. PURE."""

TEXT_MEMBERS = (
    *("title", "description", "html", "text", "completedHtml", "completedBeforeHtml", "loadingHtml", "otherText", "noneText"),
    *("refuseText", "dontKnowText", "selectAllText", "commentText", "labelTrue", "labelFalse", "minRateDescription", "maxRateDescription"),
    *("mininumRateDescription", "maximumRateDescription", "requiredErrorText", "templateTitle", "body", "altText", "label", "placeholder"),
    *("placeHolder", "keyName", "optionsCaption", "otherErrorText", "panelAddText", "panelRemoveText", "addRowText", "removeRowText"),
    *("startSurveyText", "pagePrevText", "pageNextText", "completeText", "emptySurvey", "commentPlaceholder", "otherPlaceholder"),
)
OTHER = {
    "en": "Other (please say what)",
    "nl": "Anders, namelijk",
    "de": "Anderes, und zwar",
    "fr": "Autre (précisez)",
    "es": "Otro (díganos cuál)",
    "ar": "غير ذلك (يرجى التوضيح)",
}
NONE = {"en": "None", "nl": "Geen", "de": "Keine", "fr": "Aucun", "es": "Ninguno", "ar": "لا شيء"}
REFUSED = {
    "en": "I would rather not say",
    "nl": "Dat zeg ik liever niet",
    "de": "Möchte ich nicht sagen",
    "fr": "Je préfère ne pas répondre",
    "es": "Prefiero no decirlo",
    "ar": "أفضل عدم الإجابة",
}
UNKNOWN = {"en": "I do not know", "nl": "Weet ik niet", "de": "Weiß ich nicht", "fr": "Je ne sais pas", "es": "No lo sé", "ar": "لا أعرف"}
COMMENT = {
    "en": "Tell us more in your own words",
    "nl": "Vertel meer in uw eigen woorden",
    "de": "Erzählen Sie mehr in eigenen Worten",
    "fr": "Dites-en plus avec vos propres mots",
    "es": "Cuéntenos más con sus propias palabras",
    "ar": "أخبرنا بالمزيد بكلماتك",
}
HOW_MANY = {
    "en": "Say how many there are: the questions below come once for each.",
    "nl": "Geef aan hoeveel het er zijn: de vragen hieronder komen voor elk één keer.",
    "de": "Geben Sie an, wie viele es sind: die Fragen darunter kommen für jedes einmal.",
    "fr": "Indiquez combien il y en a : les questions ci-dessous viennent une fois pour chacun.",
    "es": "Indique cuántos hay: las preguntas siguientes vienen una vez para cada uno.",
    "ar": "اذكر العدد: تأتي الأسئلة أدناه مرة واحدة لكل منها.",
}
FROM = {"en": "From", "nl": "Van", "de": "Von", "fr": "De", "es": "Desde", "ar": "من"}
UP_TO = {"en": "Up to", "nl": "Tot", "de": "Bis", "fr": "Jusqu’à", "es": "Hasta", "ar": "إلى"}

LAYOUT = frozenset(
    {
        *("width", "minWidth", "maxWidth", "colCount", "startWithNewLine", "hideNumber", "indent", "innerIndent", "titleLocation"),
        *("descriptionLocation", "state", "size", "rows", "cols", "autoGrow", "allowResize", "searchEnabled", "searchMode", "allowClear"),
        *("placeholder", "placeHolder", "showNumber", "questionTitleLocation", "questionTitleWidth", "rateColorMode", "rateType"),
        *("displayMode", "rateDisplayMode", "scaleColorMode", "renderAs", "imageFit", "imageHeight", "imageWidth", "contentMode"),
        *("showLabel", "longTap", "selectToRankAreasLayout", "selectToRankEmptyRankedAreaText", "selectToRankEmptyUnrankedAreaText"),
        *("tooltipVisibility", "showLabels", "labelFormat", "allowSwap", "minImageWidth", "maxImageWidth", "minImageHeight"),
        *("maxImageHeight", "signatureWidth", "signatureHeight", "penColor", "backgroundColor", "backgroundImage", "dataFormat"),
        *("displayStyle", "currency", "columnColCount", "columnMinWidth", "rowTitleWidth", "alternateRows", "verticalAlign"),
        *("showHeader", "transposeData", "columnLayout", "errorLocation", "cssClasses", "css", "customProperties", "itemTitleWidth"),
        *("itemSize", "panelAddText", "panelRemoveText", "panelsState", "renderMode", "displayType", "showQuestionNumbers"),
        *("templateTitleLocation", "panelPrevText", "panelNextText"),
        *("newPanelPosition", "addRowText", "removeRowText", "addRowLocation", "allowAddRows", "allowRemoveRows", "storeDataAsText"),
        *("allowImagesPreview", "showPreview", "waitForUpload", "needConfirmRemoveFile", "autocomplete", "autoComplete", "dataList"),
        *("textUpdateMode", "closeOnSelect", "optionsCaption", "itemComponent", "separateSpecialChoices", "useDisplayValuesInDynamicTexts"),
        *("showClearButton", "hideIfChoicesEmpty", "showOptionsCaption", "titleActions", "titleTagName", "page", "parentQuestionName"),
        *("commentPlaceholder", "commentPlaceHolder", "otherPlaceholder", "otherPlaceHolder", "altText", "swapOrder", "id", "isTextInput"),
        *("minRateDescriptionLocation", "rateDescriptionLocation", "sliderType", "segmentCount", "minRangeLength", "maxRangeLength"),
        *("tooltipFormat", "showMinMaxRateLabels", "effectiveColSpan", "colSpan", "questionsOnPageMode", "messageStyle", "lazyRender"),
        *("minSize", "penMaxWidth", "penMinWidth", "showPlaceholder", "maskType", "showRemainingCount", "labelTrueFalseSwap"),
    }
)
SURVEY_LAYOUT = frozenset(
    {
        *("logo", "logoPosition", "logoWidth", "logoHeight", "logoFit", "showProgressBar", "progressBarType", "progressBarLocation"),
        *("progressBarShowPageNumbers", "progressBarShowPageTitles", "progressBarInheritWidthFrom", "showQuestionNumbers"),
        *("questionTitleLocation", "questionDescriptionLocation", "questionErrorLocation", "showPageTitles", "showPageNumbers"),
        *("requiredText", "requiredMark", "widthMode", "width", "fitToContainer", "headerView", "focusFirstQuestionAutomatic"),
        *("autoFocusFirstQuestion", "autoFocusFirstError", "focusOnFirstError", "showTitle", "showTOC", "tocLocation", "backgroundImage"),
        *("backgroundImageFit", "backgroundOpacity", "backgroundImageAttachment", "themeVariables", "cssVariables", "theme", "themeName"),
        *("showNavigationButtons", "navigationButtonsLocation", "showPrevButton", "questionStartIndex", "questionTitlePattern"),
        *("questionTitleTemplate", "mode", "startSurveyText", "pagePrevText", "pageNextText", "completeText", "previewText", "editText"),
        *("showCompletedPage", "showCompletePage", "showBrandInfo", "goNextPageAutomatic", "autoAdvanceEnabled", "textUpdateMode"),
        *("checkErrorsMode", "validationEnabled", "validationAllowSwitchPages", "validationAllowComplete", "clearInvisibleValues"),
        *(
            "sendResultOnPageNext",
            "storeOthersAsComment",
            "maxTextLength",
            "maxOthersLength",
            "lazyRenderEnabled",
            "allowCompleteSurveyAutomatic",
        ),
        *(
            "autoAdvanceAllowComplete",
            "keepIncorrectValues",
            "partialSendEnabled",
            "gridLayoutEnabled",
            "keyDuplicationError",
            "cookieName",
        ),
        *("calculatedValuesVersion", "surveyId", "surveyPostId", "surveyShowDataSaving", "$schema", "_id", "id", "version", "createdAt"),
        *("locale", "showTimer", "showTimerPanel", "showTimerPanelMode", "timerLocation", "timerInfoMode", "matrixDragHandleArea"),
        *("emptySurvey", "completedBeforeHtml", "loadingHtml", "uploadFiles", "state", "isSinglePage", "elementType", "customProperties"),
    }
)
