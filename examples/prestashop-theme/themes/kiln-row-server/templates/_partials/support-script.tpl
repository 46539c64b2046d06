<script type="module" src="{$support.endpoint}embed.js"></script>
