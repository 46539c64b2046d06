<div class="ty-breadcrumbs"><a href="{$home_url}" class="ty-breadcrumbs__a">{__("home")}</a> <span class="ty-breadcrumbs__slash">/</span> <span class="ty-breadcrumbs__current">{$product.product}</span></div>
<div class="ty-product-block ty-product-detail">
    <div class="ty-product-block__wrapper clearfix">
        <div class="ty-product-block__img-wrapper"><img class="ty-pict cm-image" src="{$images_dir}/speakers.svg" width="880" height="820" alt="{$product.alt}"></div>
        <div class="ty-product-block__left">
            <form action="{""|fn_url}" method="post" name="product_form_{$product.product_id}" class="cm-disable-empty-files">
                <input type="hidden" name="product_data[{$product.product_id}][product_id]" value="{$product.product_id}">
                <p class="ty-product-block__sku">{$product.category}</p>
                <h1 class="ty-product-block-title">{$product.product}</h1>
                <p class="ty-product-block__description">{$product.short_description}</p>
                <div class="ty-product-block__price-actual"><span class="ty-price"><span class="ty-price-num">{$product.price}</span></span> <span class="ty-list-price">{$product.price_note}</span></div>
                <fieldset class="ty-product-options">
                    <legend class="ty-product-options__item-label">{__("lowtide.finish")}</legend>
                    {foreach $product.variants as $variant}
                        <label class="ty-product-options__radio--label"><input type="radio" class="radio" name="product_data[{$product.product_id}][product_options][7]" value="{$variant@index}"{if $variant@first} checked{/if}><span class="swatch swatch-{$variant.swatch}"></span>{$variant.name}</label>
                    {/foreach}
                </fieldset>
                <div class="ty-product-block__button">
                    <label class="ty-qty"><span>{__("quantity")}</span><input type="number" class="ty-value-changer__input cm-amount" name="product_data[{$product.product_id}][amount]" value="1" min="1"></label>
                    <button class="ty-btn ty-btn__primary ty-btn__add-to-cart" type="button" id="button_cart_{$product.product_id}">{__("add_to_cart")}</button>
                </div>
                <p class="ty-qty-in-stock">{$product.stock}</p>
            </form>
            <div class="ask">
                <p>{__("lowtide.ask_product")}</p>
                {include file="blocks/static_templates/support_launcher.tpl"}
            </div>
        </div>
    </div>
    <div class="ty-tabs cm-j-tabs">
        <div class="ty-wysiwyg-content content-description" id="content_description">
            <h2>{$product.story}</h2>
            {foreach $product.paragraphs as $paragraph}<p>{$paragraph}</p>{/foreach}
        </div>
        <dl class="ty-product-feature-list" id="content_features">
            {foreach $product.features as $feature}
                <div class="ty-product-feature"><dt class="ty-product-feature__label">{$feature.label}</dt><dd class="ty-product-feature__value">{$feature.value}</dd></div>
            {/foreach}
        </dl>
    </div>
    <section class="ty-grid-list" aria-labelledby="more">
        <h2 class="ty-mainbox-simple-title" id="more">{__("lowtide.more")}</h2>
        <ul>
            {foreach $product.related as $item}
                <li class="ty-grid-list__item"><a href="{$home_url}"><img class="ty-pict" src="{$images_dir}/{$item.file}" width="320" height="320" alt="" loading="lazy"><span class="product-title">{$item.name}</span><span class="ty-price">{$item.price}</span></a></li>
            {/foreach}
        </ul>
    </section>
</div>
